-- The records that stand under customers now.
SELECT record_id FROM link WHERE customer_id = ANY(%s::bigint[]) AND valid_to IS NULL
