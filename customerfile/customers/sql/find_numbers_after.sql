-- As find_page_after.sql, in the order of the numbers: for those who are not to learn of names from their order.
SELECT id, number, kind, display_name, record_count, changed_at, golden
FROM customer
WHERE state = 'active' AND id > %(anchor)s AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
ORDER BY id
LIMIT %(rows)s
