-- All records presently linked to these customers, and since when.
SELECT record_id, customer_id, valid_from FROM link WHERE customer_id = ANY(%s) AND valid_to IS NULL
