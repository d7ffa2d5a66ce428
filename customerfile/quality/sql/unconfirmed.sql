-- How many customers are measured, how many were last heard of before a moment, and some of these, the longest ago first.
WITH standing AS MATERIALIZED (
    SELECT customer.id, link.record_id FROM customer
    JOIN link ON link.customer_id = customer.id AND link.valid_to IS NULL
    WHERE customer.state = 'active'
      AND (%(customers)s::bigint[] IS NULL OR customer.id = ANY(%(customers)s::bigint[]))
),
said AS (
    SELECT standing.id, record.as_of AS at FROM standing JOIN record ON record.id = standing.record_id
    UNION ALL
    SELECT standing.id, correction.at
    FROM standing JOIN correction ON correction.record_id = standing.record_id AND correction.ended_at IS NULL
    UNION ALL
    SELECT standing.id, confirmation.at FROM standing JOIN confirmation ON confirmation.record_id = standing.record_id
    UNION ALL
    SELECT contact_point.customer_id, contact_point.confirmed_at FROM contact_point
    WHERE contact_point.confirmed_at IS NOT NULL AND contact_point.customer_id IN (SELECT id FROM standing)
),
last AS MATERIALIZED (SELECT id, max(at) AS at FROM said GROUP BY id)
SELECT count(*), count(*) FILTER (WHERE at < %(since)s),
       coalesce((array_agg(id ORDER BY at, id) FILTER (WHERE at < %(since)s))[1:%(kept)s], '{}')
FROM last
