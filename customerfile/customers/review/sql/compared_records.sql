-- Records with what they say, and the customers they stand under.
SELECT record.id, source.name, record.key, record.as_of, customer.number, customer.display_name, customer.record_count,
       record.canonical
FROM record
JOIN source ON source.id = record.source_id
JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
JOIN customer ON customer.id = link.customer_id
WHERE record.id = ANY(%s)
ORDER BY record.id
