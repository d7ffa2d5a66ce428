-- Take out all that the oldest transactions left.
DELETE FROM webhook_outbox
WHERE transaction IN (SELECT transaction FROM webhook_outbox ORDER BY id LIMIT %(rows)s)
RETURNING transaction, id, type, at, items
