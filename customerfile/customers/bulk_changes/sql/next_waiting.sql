-- The next customers of a bulk change that are to be changed, and where those stand that were merged since.
SELECT item.customer_id, customer.number, customer.state
FROM bulk_change_item AS item LEFT JOIN customer ON customer.id = item.customer_id
WHERE item.change_id = %(change)s AND item.outcome = 'waiting'
ORDER BY item.customer_id LIMIT %(rows)s
