-- Those of these blocking keys that at least so many records have.
SELECT wanted.key
FROM (SELECT unnest(%s::bigint[]) AS key, %s::bigint AS most) AS wanted
CROSS JOIN LATERAL (
    SELECT count(*) AS shared FROM (SELECT FROM block_key WHERE block_key.key = wanted.key LIMIT wanted.most) AS found
) AS counted
WHERE counted.shared >= wanted.most
