-- What the file says now about customers that are about to change.
SELECT id, golden, provenance, golden_since FROM customer WHERE id = ANY(%s)
