-- Under which customer each of these records stands.
SELECT record_id, customer_id FROM link WHERE record_id = ANY(%s) AND valid_to IS NULL
