-- What a rule released waits again, unless it was said anew since: then that has taken its place.
UPDATE quarantined_event AS held
SET state = CASE WHEN later.delivery_id IS NULL THEN 'waiting' ELSE 'replaced' END,
    released_in_id = NULL, replaced_by_id = later.delivery_id, mended_by = '{}'
FROM (
    SELECT released.id, coalesce(
        (SELECT other.delivery_id FROM quarantined_event AS other
         WHERE other.source_id = released.source_id AND other.key = released.key AND other.state = 'waiting'),
        (SELECT event_key.delivery_id FROM event_key
         WHERE event_key.source_id = released.source_id AND event_key.key = released.key
           AND event_key.delivery_id > released.delivery_id)
    ) AS delivery_id
    FROM quarantined_event AS released
    WHERE released.source_id = %(source)s AND released.state = 'released'
      AND released.mended_by @> ARRAY[%(rule)s::bigint]
) AS later
WHERE held.id = later.id
RETURNING held.state
