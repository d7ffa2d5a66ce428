-- Take out contact points that no record of their customer names any more.
DELETE FROM contact_point USING unnest(%s::bigint[], %s::text[], %s::text[]) AS gone(customer_id, channel, value)
WHERE contact_point.customer_id = gone.customer_id AND contact_point.channel = gone.channel
  AND contact_point.value = gone.value
