-- Give records their new content.
UPDATE record SET kind = new.kind, raw = new.raw, canonical = new.canonical, prepared = new.prepared,
       digest = new.digest, version = record.version + 1, delivery_id = %(delivery)s, changed_at = %(at)s,
       as_of = new.as_of
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(id bigint, kind text, raw jsonb, canonical jsonb, prepared text,
       digest bigint, as_of timestamptz)
WHERE record.id = new.id
