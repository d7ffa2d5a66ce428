-- What a customer is to others, as people said last or the file proposes; once per customer, kind and direction.
WITH here AS MATERIALIZED (
    SELECT record_id FROM link WHERE customer_id = %(customer)s AND valid_to IS NULL
), told AS (
    SELECT relationship.*, true AS is_first, right_id AS other_id
    FROM here JOIN relationship ON relationship.left_id = here.record_id
    UNION ALL
    SELECT relationship.*, kind IN ('household', 'spouse'), left_id
    FROM here JOIN relationship ON relationship.right_id = here.record_id
), latest AS (
    SELECT DISTINCT ON (customer.id, told.kind, told.is_first)
           told.*, customer.id AS customer_id, customer.number, customer.display_name
    FROM told
    JOIN link ON link.record_id = told.other_id AND link.valid_to IS NULL
    JOIN customer ON customer.id = link.customer_id
    WHERE customer.id <> %(customer)s
    ORDER BY customer.id, told.kind, told.is_first, told.decided_at DESC NULLS LAST, told.id
)
SELECT id, kind, is_first, state, basis, valid_from, valid_to, note, decided_by, decided_at,
       customer_id, number, display_name
FROM latest
WHERE %(dismissed)s OR state <> 'dismissed'
ORDER BY state, kind, display_name, id
