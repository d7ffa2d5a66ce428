-- The customers that records stand under now.
SELECT link.record_id, customer.id, customer.number
FROM link JOIN customer ON customer.id = link.customer_id
WHERE link.record_id = ANY(%(records)s::bigint[]) AND link.valid_to IS NULL
