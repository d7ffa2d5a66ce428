-- Of every source and field: when the median record that holds it was last said; how many of the measured records it is
-- meant for, how many lack it, how many hold it, and of how many that is old. With some of the customers of each, but of
-- those who lack what nobody there holds.
WITH field AS (SELECT * FROM jsonb_to_recordset(%(fields)s::jsonb) AS field(key text, kinds text[])),
measured AS MATERIALIZED (
    SELECT record.source_id, record.kind, record.canonical, record.as_of, link.customer_id AS customer
    FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = ANY(%(sources)s::bigint[])
      AND (%(records)s::bigint[] IS NULL OR record.id = ANY(%(records)s::bigint[]))
),
total AS (
    SELECT source_id, field.key, sum(records)::bigint AS records
    FROM (SELECT source_id, kind, count(*) AS records FROM measured GROUP BY source_id, kind) AS of_kind
    JOIN field ON of_kind.kind = ANY(field.kinds) GROUP BY source_id, field.key
),
held AS MATERIALIZED (
    SELECT source_id, field.key, field.kinds, percentile_disc(0.5) WITHIN GROUP (ORDER BY as_of) AS median,
           count(*) AS records, count(*) FILTER (WHERE as_of < %(since)s) AS old,
           (array_agg(customer ORDER BY as_of, customer) FILTER (WHERE as_of < %(since)s))[1:%(kept)s] AS oldest
    FROM measured CROSS JOIN LATERAL jsonb_object_keys(canonical) AS holds(key)
    JOIN field ON field.key = holds.key AND measured.kind = ANY(field.kinds)
    GROUP BY source_id, field.key, field.kinds
),
lacking AS (
    SELECT source_id, held.key, (array_agg(customer ORDER BY customer))[1:%(kept)s] AS customers
    FROM measured JOIN held USING (source_id)
    WHERE measured.kind = ANY(held.kinds) AND NOT jsonb_exists(canonical, held.key)
    GROUP BY source_id, held.key
)
SELECT source_id, key, held.median, total.records, total.records - coalesce(held.records, 0),
       coalesce(lacking.customers, '{}'), coalesce(held.records, 0), coalesce(held.old, 0), coalesce(held.oldest, '{}')
FROM total LEFT JOIN held USING (source_id, key) LEFT JOIN lacking USING (source_id, key)
