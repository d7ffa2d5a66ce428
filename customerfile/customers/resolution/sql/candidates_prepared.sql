-- As `candidates`; and, without a key, each record found under a key that is not too common, with its comparison inputs.
WITH found AS MATERIALIZED (
    SELECT wanted.key, found.record_id
    FROM unnest(%(keys)s::bigint[]) AS wanted(key)
    CROSS JOIN LATERAL (
        SELECT record_id FROM block_key WHERE block_key.key = wanted.key LIMIT %(most)s + 1
    ) AS found
)
SELECT key, record_id, NULL FROM found
UNION ALL
SELECT NULL, telling.record_id, comparison_input.prepared
FROM (
    SELECT DISTINCT record_id FROM found
    WHERE key IN (SELECT key FROM found GROUP BY key HAVING count(*) <= %(most)s)
) AS telling
JOIN comparison_input ON comparison_input.record_id = telling.record_id
