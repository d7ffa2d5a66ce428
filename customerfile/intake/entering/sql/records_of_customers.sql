-- The records that stand under customers.
SELECT record_id FROM link WHERE customer_id = ANY(%s) AND valid_to IS NULL ORDER BY record_id
