-- Note which customers of a bulk change were changed back, and which were left and why.
UPDATE bulk_change_item AS item SET undo = told.undo, undo_reason = told.reason
FROM json_to_recordset(%(rows)s::json) AS told(customer_id bigint, undo text, reason text)
WHERE item.change_id = %(change)s AND item.customer_id = told.customer_id
