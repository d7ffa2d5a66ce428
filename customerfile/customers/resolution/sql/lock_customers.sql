-- Hold the customers of these records until the transaction ends, always in the same order.
SELECT id FROM customer
WHERE id IN (SELECT customer_id FROM link WHERE record_id = ANY(%s) AND valid_to IS NULL)
ORDER BY id FOR UPDATE
