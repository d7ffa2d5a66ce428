-- A page of the customer list behind an anchor (0: from the start), one row more than asked to see whether it goes on.
SELECT id, number, kind, display_name, record_count, changed_at, golden
FROM customer
WHERE state = 'active' AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
  AND (sort_name, id) > (
      coalesce((SELECT sort_name FROM customer
                WHERE id = %(anchor)s AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])), ''),
      %(anchor)s
  )
ORDER BY sort_name, id
LIMIT %(rows)s
