-- Keep what is known of contact points that leave their customer.
INSERT INTO kept_contact (customer_id, channel, value, status, confirmed_at)
SELECT customer_id, channel, value, status, confirmed_at
FROM json_to_recordset(%s::json)
     AS gone(customer_id bigint, channel text, value text, status text, confirmed_at timestamptz)
ON CONFLICT (customer_id, channel, value)
DO UPDATE SET status = excluded.status, confirmed_at = excluded.confirmed_at
