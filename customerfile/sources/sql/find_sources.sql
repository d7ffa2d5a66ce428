-- Every source with its last delivery.
SELECT source.id, source.key, source.name, origin, priority, country, one_record_per_customer, source.kind,
       source.created_at,
       last.id, last.finished_at
FROM source
LEFT JOIN LATERAL (
    SELECT id, finished_at FROM delivery WHERE delivery.source_id = source.id ORDER BY id DESC LIMIT 1
) AS last ON true
ORDER BY source.key
