-- Where records say that their customers live: the first address.
SELECT record.id, record.canonical #> '{address,0}', customer.number, customer.id
FROM record
JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
JOIN customer ON customer.id = link.customer_id
WHERE record.id = ANY(%s)
