-- Records with their name and the customer they stand under.
SELECT record.id, source.key || '/' || record.key, customer.number, customer.display_name, customer.record_count,
       customer.id
FROM record
JOIN source ON source.id = record.source_id
JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
JOIN customer ON customer.id = link.customer_id
WHERE record.id = ANY(%s)
