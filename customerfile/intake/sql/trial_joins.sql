-- Which records of a delivery joined a customer that was there before it began, first those that came first.
SELECT record.key, link.customer_id
FROM link JOIN record ON record.id = link.record_id
WHERE link.id > %(last_link)s AND link.valid_to IS NULL AND link.customer_id <= %(last_customer)s
  AND record.delivery_id = %(delivery)s
ORDER BY link.id
LIMIT %(limit)s
