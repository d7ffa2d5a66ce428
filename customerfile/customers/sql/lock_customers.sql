-- Hold these customers until the transaction ends, always in the same order.
SELECT id FROM customer WHERE id = ANY(%s) ORDER BY id FOR UPDATE
