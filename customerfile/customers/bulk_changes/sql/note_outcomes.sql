-- Note what became of customers of a bulk change.
UPDATE bulk_change_item AS item
SET outcome = told.outcome, reason = told.reason, correction_id = told.correction_id, before_id = told.before_id
FROM json_to_recordset(%(rows)s::json)
     AS told(customer_id bigint, outcome text, reason text, correction_id bigint, before_id bigint)
WHERE item.change_id = %(change)s AND item.customer_id = told.customer_id
