-- All that was ever corrected on these records.
SELECT id FROM correction WHERE record_id = ANY(%s::bigint[]) ORDER BY id
