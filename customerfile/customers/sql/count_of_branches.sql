-- How many active customers some branches have.
SELECT count(*) FROM customer WHERE state = 'active' AND branches <> '{}' AND branches && %(branches)s::text[]
