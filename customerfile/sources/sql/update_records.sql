-- Give records their new content.
WITH new AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(id bigint, kind text, raw jsonb, canonical jsonb,
           prepared text, digest bigint, as_of timestamptz)
),
inputs AS (
    UPDATE comparison_input SET prepared = new.prepared FROM new WHERE comparison_input.record_id = new.id
)
UPDATE record SET kind = new.kind, raw = new.raw, canonical = new.canonical,
       digest = new.digest, version = record.version + 1, delivery_id = %(delivery)s, changed_at = %(at)s,
       as_of = new.as_of
FROM new
WHERE record.id = new.id
