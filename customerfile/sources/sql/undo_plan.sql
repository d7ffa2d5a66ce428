-- What a delivery did to records, and whether it can be taken back: 'remove' what it made, 'restore' what it changed,
-- leave what a later delivery changed, or what later deliveries hung events on.
WITH mine AS (
    SELECT id, key, delivery_id, version FROM record WHERE delivery_id = %(delivery)s
    UNION
    SELECT record.id, record.key, record.delivery_id, record.version
    FROM record_version JOIN record ON record.id = record_version.record_id
    WHERE record_version.delivery_id = %(delivery)s AND record.delivery_id <> %(delivery)s
      AND record_version.replaced_by_id <> %(delivery)s
)
SELECT mine.id, mine.key,
       CASE WHEN mine.delivery_id <> %(delivery)s THEN 'left'
            WHEN earlier.version IS NOT NULL THEN 'restore'
            WHEN EXISTS (SELECT 1 FROM event WHERE event.record_id = mine.id AND event.delivery_id <> %(delivery)s)
                 THEN 'left'
            ELSE 'remove' END AS action,
       earlier.version
FROM mine
LEFT JOIN LATERAL (
    SELECT version FROM record_version
    WHERE record_version.record_id = mine.id AND record_version.replaced_by_id = %(delivery)s
      AND record_version.delivery_id <> %(delivery)s
    ORDER BY version DESC LIMIT 1
) AS earlier ON true
ORDER BY mine.id
