-- A page of the customer list before an anchor (the highest bigint: from the end), the nearest first.
SELECT id, number, kind, display_name, record_count, changed_at, golden
FROM customer
WHERE state = 'active' AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
  AND (sort_name, id) < (
      coalesce((SELECT sort_name FROM customer
                WHERE id = %(anchor)s AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])),
               chr(1114111)),
      %(anchor)s
  )
ORDER BY sort_name DESC, id DESC
LIMIT %(rows)s
