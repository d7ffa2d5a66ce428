-- As find_page_before.sql, in the order of the numbers.
SELECT id, number, kind, display_name, record_count, changed_at, golden
FROM customer
WHERE state = 'active' AND id < %(anchor)s AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
ORDER BY id DESC
LIMIT %(rows)s
