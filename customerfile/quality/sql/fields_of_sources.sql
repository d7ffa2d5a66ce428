-- Of every source and field: how many of the measured records it is meant for, how many lack it, how many were offered
-- a value, of how many one was refused when their present version was taken in, and what is old. With some of the
-- customers of each.
WITH field AS (SELECT * FROM jsonb_to_recordset(%(fields)s::jsonb) AS field(key text, kinds text[])),
measured AS MATERIALIZED (
    SELECT record.id, record.source_id, record.key, record.kind, record.canonical, record.as_of, record.delivery_id,
           link.customer_id
    FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = ANY(%(sources)s::bigint[])
      AND (%(records)s::bigint[] IS NULL OR record.id = ANY(%(records)s::bigint[]))
),
refused AS MATERIALIZED (
    SELECT DISTINCT measured.id, reject.field
    FROM reject JOIN measured ON measured.delivery_id = reject.delivery_id AND measured.key = reject.key
    WHERE reject.scope = 'value'
),
cell AS MATERIALIZED (
    SELECT measured.source_id, field.key, measured.customer_id AS customer, measured.as_of,
           jsonb_exists(measured.canonical, field.key) AS holds, refused.id IS NOT NULL AS is_refused
    FROM measured JOIN field ON measured.kind = ANY(field.kinds)
    LEFT JOIN refused ON refused.id = measured.id AND refused.field = field.key
)
SELECT source_id, key, percentile_disc(0.5) WITHIN GROUP (ORDER BY as_of) FILTER (WHERE holds),
       count(*), count(*) FILTER (WHERE NOT holds),
       coalesce((array_agg(customer ORDER BY customer) FILTER (WHERE NOT holds))[1:%(kept)s], '{}'),
       count(*) FILTER (WHERE holds OR is_refused), count(*) FILTER (WHERE is_refused),
       coalesce((array_agg(customer ORDER BY customer) FILTER (WHERE is_refused))[1:%(kept)s], '{}'),
       count(*) FILTER (WHERE holds), count(*) FILTER (WHERE holds AND as_of < %(since)s),
       coalesce((array_agg(customer ORDER BY as_of, customer) FILTER (WHERE holds AND as_of < %(since)s))[1:%(kept)s], '{}')
FROM cell GROUP BY source_id, key
