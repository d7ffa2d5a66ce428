-- The message that is due first of each endpoint that nobody here is sending to, the endpoint that waited longest first;
-- kept from other senders for a while.
WITH due AS (
    SELECT first.id, endpoint.id AS endpoint FROM webhook_endpoint AS endpoint
    CROSS JOIN LATERAL (
        SELECT id FROM webhook_message
        WHERE endpoint_id = endpoint.id AND state = 'waiting' AND next_at <= %(at)s
        ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) AS first
    WHERE endpoint.state = 'on' AND endpoint.id <> ALL (%(busy)s::bigint[])
    ORDER BY endpoint.served_at NULLS FIRST, endpoint.id LIMIT %(most)s
), served AS (
    UPDATE webhook_endpoint SET served_at = %(at)s FROM due WHERE webhook_endpoint.id = due.endpoint
)
UPDATE webhook_message SET next_at = %(until)s FROM due WHERE webhook_message.id = due.id
RETURNING webhook_message.id
