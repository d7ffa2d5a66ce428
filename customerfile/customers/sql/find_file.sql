-- The customer that a number leads to, over every merge, with all numbers that lead there.
WITH RECURSIVE upwards AS (
    SELECT id, merged_into_id, id AS asked_id FROM customer WHERE number = %s
    UNION ALL
    SELECT customer.id, customer.merged_into_id, asked_id
    FROM upwards JOIN customer ON customer.id = upwards.merged_into_id
), downwards AS (
    SELECT id, NULL::text AS number FROM upwards WHERE merged_into_id IS NULL
    UNION ALL
    SELECT customer.id, customer.number FROM downwards JOIN customer ON customer.merged_into_id = downwards.id
)
SELECT customer.id, customer.number, kind, display_name, record_count, changed_at, golden,
       asked_id, state, branches, provenance, golden_since,
       (SELECT array_agg(number ORDER BY id) FROM downwards WHERE number IS NOT NULL)
FROM upwards JOIN customer ON customer.id = upwards.id
WHERE upwards.merged_into_id IS NULL
