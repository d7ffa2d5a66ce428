-- What is known of a customer's contact points.
SELECT channel, value, use, status, confirmed_at FROM contact_point WHERE customer_id = %s
