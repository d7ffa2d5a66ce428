-- A page of the customer list before an anchor (the highest bigint: from the end), the nearest first.
SELECT id, number, kind, display_name, record_count, changed_at,
       golden #> '{address,0}', golden #>> '{email,0,value}', golden #>> '{phone,0,value}'
FROM customer
WHERE state = 'active'
  AND (sort_name, id) < (coalesce((SELECT sort_name FROM customer WHERE id = %(anchor)s), chr(1114111)), %(anchor)s)
ORDER BY sort_name DESC, id DESC
LIMIT %(rows)s
