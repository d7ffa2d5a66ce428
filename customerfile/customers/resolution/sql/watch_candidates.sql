-- Listed records that share a blocking key, no more than the limit a key.
SELECT wanted.key, found.record_id
FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (SELECT record_id FROM watch_key WHERE watch_key.key = wanted.key LIMIT %s) AS found
