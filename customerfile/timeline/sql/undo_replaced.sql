-- What a delivery replaced waits again; where a later one replaced what that said, it is that one that replaced it.
UPDATE quarantined_event AS held
SET state = CASE WHEN later.delivery_id IS NULL THEN 'waiting' ELSE 'replaced' END, replaced_by_id = later.delivery_id
FROM (
    SELECT old.id, coalesce(
        (SELECT next.replaced_by_id FROM quarantined_event AS next
         WHERE next.source_id = old.source_id AND next.key = old.key AND next.delivery_id = %(delivery)s
           AND next.state = 'replaced'
         ORDER BY next.id LIMIT 1),
        (SELECT event_key.delivery_id FROM event_key
         WHERE event_key.source_id = old.source_id AND event_key.key = old.key AND event_key.delivery_id > %(delivery)s)
    ) AS delivery_id
    FROM quarantined_event AS old
    WHERE old.replaced_by_id = %(delivery)s AND old.delivery_id <> %(delivery)s
) AS later
WHERE held.id = later.id
