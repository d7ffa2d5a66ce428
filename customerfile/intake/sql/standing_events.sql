-- For events of a source by key: the version, the delivery that brought it, and the customer it hangs on.
SELECT event_key.key, event_key.version, event_key.delivery_id, customer.number
FROM event_key
JOIN event ON event.id = event_key.event_id AND event.occurred_at = event_key.occurred_at
LEFT JOIN link ON link.record_id = event.record_id AND link.valid_to IS NULL
LEFT JOIN customer ON customer.id = link.customer_id
WHERE event_key.source_id = %s AND event_key.key = ANY(%s)
