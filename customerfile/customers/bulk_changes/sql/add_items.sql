-- Note the customers that a bulk change is about.
INSERT INTO bulk_change_item (change_id, customer_id, outcome, reason, undo, undo_reason)
SELECT %(change)s, customer_id, 'waiting', '', '', '' FROM unnest(%(customers)s::bigint[]) AS chosen(customer_id)
ON CONFLICT (change_id, customer_id) DO NOTHING
