-- What the agreements of one source under some kinds and keys say.
SELECT id, kind, key, number, product, status, currency, opened_on, closed_on, due_on, amount, balance, balance_on,
       under_kind, under_key, under_role, terms::text
FROM agreement
JOIN unnest(%(kinds)s::text[], %(keys)s::text[]) AS wanted(kind, key) USING (kind, key)
WHERE source_id = %(source)s
