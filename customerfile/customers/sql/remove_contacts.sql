-- Take out contact points, telling what was known about them.
DELETE FROM contact_point WHERE customer_id = ANY(%s) RETURNING customer_id, channel, value, status, confirmed_at
