-- Numbers of entries that are not there, within what is left of a batch.
SELECT number FROM generate_series(%(first)s::bigint, %(last)s::bigint) number
WHERE NOT EXISTS (SELECT FROM {ledger} WHERE id = number)
ORDER BY number LIMIT %(limit)s
