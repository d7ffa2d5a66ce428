-- What a list shows of these customers, and their golden records.
SELECT id, number, kind, display_name, record_count, changed_at,
       golden #> '{address,0}', golden #>> '{email,0,value}', golden #>> '{phone,0,value}', golden
FROM customer
WHERE id = ANY(%(ids)s::bigint[]) AND state = 'active'
