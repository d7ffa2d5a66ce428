-- What a list shows of these customers.
SELECT id, number, kind, display_name, record_count, changed_at,
       golden #> '{address,0}', golden #>> '{email,0,value}', golden #>> '{phone,0,value}'
FROM customer
WHERE id = ANY(%s)
