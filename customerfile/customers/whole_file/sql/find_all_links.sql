-- Every record with the number of its customer.
SELECT source.key, record.key, customer.number
FROM link
JOIN record ON record.id = link.record_id
JOIN source ON source.id = record.source_id
JOIN customer ON customer.id = link.customer_id
WHERE link.valid_to IS NULL
ORDER BY source.key, record.key
