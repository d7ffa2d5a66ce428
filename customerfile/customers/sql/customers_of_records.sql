-- The present customer of each of these records.
SELECT record_id, customer_id FROM link WHERE record_id = ANY(%s) AND valid_to IS NULL
