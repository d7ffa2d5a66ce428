-- Keep every other call with these keys out until the transaction ends; then the replies that were kept under them. These are
-- two statements: what a call before kept is seen only by one that begins once its lock is free.
SELECT digest, pg_try_advisory_xact_lock(number)
FROM unnest(%(digests)s::text[], %(numbers)s::bigint[]) AS asked (digest, number);
SELECT digest, request_digest, body FROM api_reply
WHERE digest = ANY (%(digests)s::text[]) AND created_at > %(since)s
