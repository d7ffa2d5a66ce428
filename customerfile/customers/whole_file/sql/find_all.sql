-- Every active customer's golden record, the oldest number first; of some branches alone, unless all are asked for.
SELECT number, kind, golden FROM customer
WHERE state = 'active' AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
ORDER BY id
