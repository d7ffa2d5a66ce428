-- The record of a customer that a note hangs on: one of the staff's where there is one, else the oldest. It stays until the
-- transaction ends.
SELECT record.id
FROM link
JOIN record ON record.id = link.record_id
WHERE link.customer_id = %s AND link.valid_to IS NULL
ORDER BY record.source_id IS DISTINCT FROM (SELECT id FROM source WHERE key = 'staff'), record.id
LIMIT 1
FOR KEY SHARE OF record
