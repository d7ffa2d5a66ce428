-- For records of a source by key: the version, the delivery that brought it, the customer it stands under, since when that is.
SELECT record.key, record.version, record.delivery_id, customer.number, customer.created_at
FROM record
LEFT JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
LEFT JOIN customer ON customer.id = link.customer_id
WHERE record.source_id = %s AND record.key = ANY(%s)
