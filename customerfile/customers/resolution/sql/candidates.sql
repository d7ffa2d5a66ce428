-- Records that share a blocking key, no more than one beyond the limit a key: such a key is too common to tell anything.
SELECT wanted.key, found.record_id, NULL
FROM unnest(%(keys)s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (SELECT record_id FROM block_key WHERE block_key.key = wanted.key LIMIT %(most)s + 1) AS found
