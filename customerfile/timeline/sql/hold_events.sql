-- Put events into quarantine as they were said: waiting, or released at once.
INSERT INTO quarantined_event (source_id, key, delivery_id, line, customer_key, name, occurred_at, said, digest, field, reason,
                               remedy, state, since, released_in_id, mended_by)
SELECT source_id, key, delivery_id, line, customer_key, name, occurred_at, said, digest, coalesce(field, ''),
       coalesce(reason, ''), coalesce(remedy, ''), state, since, released_in, coalesce(mended_by, '{}')
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(
    source_id bigint, key text, delivery_id bigint, line bigint, customer_key text, name text, occurred_at timestamptz,
    said jsonb, digest bigint, field text, reason text, remedy text, state text, since timestamptz, released_in bigint,
    mended_by bigint[])
