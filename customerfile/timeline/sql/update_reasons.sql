-- Events that still wait do so for other reasons.
UPDATE quarantined_event SET field = new.field, reason = new.reason, remedy = new.remedy
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(id bigint, field text, reason text, remedy text)
WHERE quarantined_event.id = new.id AND state = 'waiting'
