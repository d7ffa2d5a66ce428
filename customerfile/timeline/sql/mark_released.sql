-- Events that waited are on the timeline now, by a delivery.
UPDATE quarantined_event
SET state = 'released', released_in_id = %(delivery)s, mended_by = new.mended_by
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(id bigint, mended_by bigint[])
WHERE quarantined_event.id = new.id AND state = 'waiting'
