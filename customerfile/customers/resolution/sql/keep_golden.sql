-- Keep what the file said until now.
INSERT INTO golden_history (customer_id, golden, provenance, valid_from, valid_to)
SELECT id, golden, provenance, golden_since, %(at)s FROM customer
WHERE id = ANY(%(ids)s) AND golden_since < %(at)s
