-- What a list shows of these customers: of those of some branches alone, unless all are asked for.
SELECT id, number, kind, display_name, record_count, changed_at, golden
FROM customer
WHERE id = ANY(%(ids)s::bigint[]) AND state = 'active'
  AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
