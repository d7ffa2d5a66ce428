-- Of every source and field: of how many of the measured records a value was refused when their present version was
-- taken in, how many of these hold none otherwise, and some of their customers. One look-up for every refusal.
WITH refused AS MATERIALIZED (
    SELECT DISTINCT delivery.source_id, reject.field, there.id, there.holds, there.customer
    FROM reject JOIN delivery ON delivery.id = reject.delivery_id
    CROSS JOIN LATERAL (
        SELECT record.id, jsonb_exists(record.canonical, reject.field) AS holds,
               (SELECT customer_id FROM link WHERE link.record_id = record.id AND link.valid_to IS NULL) AS customer
        FROM record
        WHERE record.source_id = delivery.source_id AND record.key = reject.key
          AND record.delivery_id = reject.delivery_id OFFSET 0
    ) AS there
    WHERE reject.scope = 'value' AND (%(records)s::bigint[] IS NULL OR there.id = ANY(%(records)s::bigint[]))
)
SELECT source_id, field, count(*), count(*) FILTER (WHERE NOT holds),
       (array_agg(customer ORDER BY customer) FILTER (WHERE customer IS NOT NULL))[1:%(kept)s]
FROM refused GROUP BY source_id, field
