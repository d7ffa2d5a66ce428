-- Those of these customers that some branches have.
SELECT id FROM customer
WHERE id = ANY(%(ids)s::bigint[]) AND state = 'active' AND branches <> '{}' AND branches && %(branches)s::text[]
