-- Of every field: how many of the measured customers it is meant for, how many lack it, and some of these, but of what
-- nobody holds.
WITH field AS (SELECT * FROM jsonb_to_recordset(%(fields)s::jsonb) AS field(key text, kinds text[])),
measured AS MATERIALIZED (
    SELECT id, kind, golden FROM customer
    WHERE state = 'active' AND (%(customers)s::bigint[] IS NULL OR id = ANY(%(customers)s::bigint[]))
),
total AS (
    SELECT field.key, sum(customers)::bigint AS customers
    FROM (SELECT kind, count(*) AS customers FROM measured GROUP BY kind) AS of_kind
    JOIN field ON of_kind.kind = ANY(field.kinds) GROUP BY field.key
),
held AS MATERIALIZED (
    SELECT field.key, field.kinds, count(*) AS customers
    FROM measured CROSS JOIN LATERAL jsonb_object_keys(golden) AS holds(key)
    JOIN field ON field.key = holds.key AND measured.kind = ANY(field.kinds)
    GROUP BY field.key, field.kinds
),
lacking AS (
    SELECT held.key, (array_agg(id ORDER BY id))[1:%(kept)s] AS customers
    FROM measured JOIN held ON measured.kind = ANY(held.kinds)
    WHERE NOT jsonb_exists(golden, held.key) GROUP BY held.key
)
SELECT key, total.customers, total.customers - coalesce(held.customers, 0), coalesce(lacking.customers, '{}')
FROM total LEFT JOIN held USING (key) LEFT JOIN lacking USING (key)
