-- Take back that what is on file of customers holds, as far as it was said in one bulk change.
WITH gone AS (DELETE FROM confirmation WHERE change_id = %(change)s)
UPDATE bulk_change_item SET undo = 'undone' WHERE change_id = %(change)s AND outcome = 'changed' AND undo = ''
RETURNING customer_id
