-- Remove replies whose time is over; then keep others.
DELETE FROM api_reply WHERE created_at <= %(until)s;
INSERT INTO api_reply (digest, token_id, request_digest, body, created_at)
SELECT digest, token_id, request_digest, body, %(at)s
FROM unnest(%(digests)s::text[], %(tokens)s::bigint[], %(asked)s::text[], %(bodies)s::bytea[])
     AS reply (digest, token_id, request_digest, body)
