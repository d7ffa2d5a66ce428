-- What taking a bulk change back would do: how many corrections stand still, how many were changed since, and the first
-- customers of either.
SELECT count(*) FILTER (WHERE stands), count(*) FILTER (WHERE NOT stands),
       coalesce((array_agg(customer_id ORDER BY customer_id) FILTER (WHERE NOT stands))[1:%(rows)s], '{}')
FROM (
    SELECT item.customer_id, bulk_change.way = 'confirm' OR correction.id IS NOT NULL AND correction.ended_at IS NULL AS stands
    FROM bulk_change_item AS item JOIN bulk_change ON bulk_change.id = item.change_id
    LEFT JOIN correction ON correction.id = item.correction_id
    WHERE item.change_id = %(change)s AND item.outcome = 'changed' AND item.undo = ''
) AS each
