-- Scored pairs with a side among these records or among those that stand under the same customers; and judged ones.
WITH around AS MATERIALIZED (
    SELECT unnest(%(records)s::bigint[]) AS id
    UNION
    SELECT fellow.record_id FROM link
    JOIN link AS fellow ON fellow.customer_id = link.customer_id AND fellow.valid_to IS NULL
    WHERE link.record_id = ANY(%(records)s::bigint[]) AND link.valid_to IS NULL
)
SELECT left_id, right_id, weight, veto, NULL FROM around JOIN scored_pair ON left_id = around.id
UNION ALL
SELECT left_id, right_id, weight, veto, NULL FROM around JOIN scored_pair ON right_id = around.id
UNION ALL
SELECT judged.left_id, judged.right_id, NULL, NULL, judged.verdict
FROM around CROSS JOIN LATERAL (
    SELECT left_id, right_id, verdict FROM pair_verdict WHERE left_id = around.id
    UNION ALL
    SELECT left_id, right_id, verdict FROM pair_verdict WHERE right_id = around.id
) AS judged
