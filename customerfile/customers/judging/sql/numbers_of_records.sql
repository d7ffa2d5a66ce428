-- The numbers of the customers that records stand under now, the oldest first.
SELECT DISTINCT customer.id, customer.number
FROM link JOIN customer ON customer.id = link.customer_id
WHERE link.record_id = ANY(%s::bigint[]) AND link.valid_to IS NULL
ORDER BY customer.id
