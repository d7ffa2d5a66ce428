-- The next customers of a bulk change that are to be changed back: the correction, whether it still stands and on which
-- record, who ended it, and the one that it ended.
SELECT item.customer_id, item.correction_id, item.before_id, correction.record_id, correction.ended_at IS NULL,
       correction.ended_by
FROM bulk_change_item AS item LEFT JOIN correction ON correction.id = item.correction_id
WHERE item.change_id = %(change)s AND item.outcome = 'changed' AND item.undo = ''
ORDER BY item.customer_id LIMIT %(rows)s
