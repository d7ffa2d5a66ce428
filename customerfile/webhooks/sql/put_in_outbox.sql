-- Note what this transaction did, if an endpoint wants to hear of such things.
INSERT INTO webhook_outbox (transaction, at, type, items)
SELECT pg_current_xact_id()::text::bigint, %(at)s::timestamptz, %(type)s::text, %(items)s::jsonb
WHERE EXISTS (SELECT FROM webhook_endpoint WHERE state = 'on' AND types && %(heard_by)s::text[])
