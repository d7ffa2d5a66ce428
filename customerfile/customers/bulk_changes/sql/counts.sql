-- What became of the customers of bulk changes: waiting, changed, same, refused; of the changed, undone and left.
SELECT change_id, count(*) FILTER (WHERE outcome = 'waiting'), count(*) FILTER (WHERE outcome = 'changed'),
       count(*) FILTER (WHERE outcome = 'same'), count(*) FILTER (WHERE outcome = 'refused'),
       count(*) FILTER (WHERE undo = 'undone'), count(*) FILTER (WHERE undo = 'left')
FROM bulk_change_item WHERE change_id = ANY(%(changes)s::bigint[]) GROUP BY change_id
