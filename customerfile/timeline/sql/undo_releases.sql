-- What a delivery released waits again, unless something else waits under its key.
UPDATE quarantined_event AS held
SET state = CASE WHEN other.id IS NULL THEN 'waiting' ELSE 'replaced' END,
    released_in_id = NULL, replaced_by_id = other.delivery_id, mended_by = '{}'
FROM quarantined_event AS released
LEFT JOIN quarantined_event AS other
    ON other.source_id = released.source_id AND other.key = released.key AND other.state = 'waiting'
WHERE held.id = released.id AND released.released_in_id = %(delivery)s AND released.delivery_id <> %(delivery)s
