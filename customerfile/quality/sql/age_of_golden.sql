-- Of every field: how many of the measured customers have a record that holds it, when the median of them last said it
-- (a correction says it as well), how many said it longest ago before a moment, and some of these, the oldest first.
WITH field AS (SELECT * FROM jsonb_to_recordset(%(fields)s::jsonb) AS field(key text, kinds text[])),
standing AS MATERIALIZED (
    SELECT link.customer_id, link.record_id, record.as_of, record.canonical
    FROM customer JOIN link ON link.customer_id = customer.id AND link.valid_to IS NULL
    JOIN record ON record.id = link.record_id
    WHERE customer.state = 'active'
      AND (%(customers)s::bigint[] IS NULL OR customer.id = ANY(%(customers)s::bigint[]))
),
said AS (
    SELECT standing.customer_id, field.key, standing.as_of AS at
    FROM standing JOIN field ON jsonb_exists(standing.canonical, field.key)
    UNION ALL
    SELECT standing.customer_id, correction.field, correction.at
    FROM standing JOIN correction ON correction.record_id = standing.record_id AND correction.ended_at IS NULL
    WHERE correction.value IS NOT NULL AND correction.field IN (SELECT key FROM field)
),
newest AS MATERIALIZED (SELECT customer_id, key, max(at) AS at FROM said GROUP BY customer_id, key)
SELECT key, percentile_disc(0.5) WITHIN GROUP (ORDER BY at), count(*), count(*) FILTER (WHERE at < %(since)s),
       coalesce((array_agg(customer_id ORDER BY at, customer_id) FILTER (WHERE at < %(since)s))[1:%(kept)s], '{}')
FROM newest GROUP BY key
