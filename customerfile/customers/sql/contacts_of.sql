-- The contact points of these customers, with what is known of each.
SELECT customer_id, channel, value, use, status, confirmed_at FROM contact_point WHERE customer_id = ANY(%s)
