-- The customers that numbers lead to, over every merge.
WITH RECURSIVE upwards AS (
    SELECT number AS asked, id, merged_into_id, state FROM customer WHERE number = ANY(%s)
    UNION ALL
    SELECT asked, customer.id, customer.merged_into_id, customer.state
    FROM upwards JOIN customer ON customer.id = upwards.merged_into_id
)
SELECT asked, id FROM upwards WHERE state = 'active'
