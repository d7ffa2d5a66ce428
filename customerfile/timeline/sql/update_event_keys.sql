-- The keys of replaced events point to their new content.
UPDATE event_key SET occurred_at = new.occurred_at, digest = new.digest, rows = new.rows, version = event_key.version + 1,
       delivery_id = %(delivery)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(key text, occurred_at timestamptz, digest bigint, rows int)
WHERE event_key.source_id = %(source)s AND event_key.key = new.key
