-- Records that share a blocking key, no more than the limit a key: a key at the limit is too common to tell anything.
SELECT wanted.key, found.record_id
FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (SELECT record_id FROM block_key WHERE block_key.key = wanted.key LIMIT %s) AS found
