-- All records presently linked to these customers.
SELECT record_id, customer_id FROM link WHERE customer_id = ANY(%s) AND valid_to IS NULL
