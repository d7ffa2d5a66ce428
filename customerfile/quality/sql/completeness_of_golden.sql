-- Of every field: how many of the measured customers it is meant for, how many lack it, and some of these.
WITH field AS (SELECT * FROM jsonb_to_recordset(%(fields)s::jsonb) AS field(key text, kinds text[])),
measured AS MATERIALIZED (
    SELECT id, kind, golden FROM customer
    WHERE state = 'active' AND (%(customers)s::bigint[] IS NULL OR id = ANY(%(customers)s::bigint[]))
),
cell AS MATERIALIZED (
    SELECT field.key, measured.id, jsonb_exists(measured.golden, field.key) AS holds
    FROM measured JOIN field ON measured.kind = ANY(field.kinds)
)
SELECT key, count(*), count(*) FILTER (WHERE NOT holds),
       coalesce((array_agg(id ORDER BY id) FILTER (WHERE NOT holds))[1:%(kept)s], '{}')
FROM cell GROUP BY key
