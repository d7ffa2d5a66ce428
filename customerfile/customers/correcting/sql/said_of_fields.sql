-- A customer's golden values, and what each of its records says, the most recent first.
SELECT NULL, NULL, NULL, golden FROM customer WHERE id = %(customer)s
UNION ALL
(SELECT source.key, record.key, record.as_of, record.canonical
 FROM link
 JOIN record ON record.id = link.record_id
 JOIN source ON source.id = record.source_id
 WHERE link.customer_id = %(customer)s AND link.valid_to IS NULL
 ORDER BY record.as_of DESC, record.id)
