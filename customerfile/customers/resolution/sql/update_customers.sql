-- Give customers their new golden record, and keep what the file said until now where that changes.
WITH new AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS rows(id bigint, kind text, display_name text, sort_name text,
           golden jsonb, provenance jsonb, golden_changed boolean, golden_since timestamptz, record_count int, name_tokens bigint[],
           place_tokens bigint[], branches text[])
), kept AS (
    INSERT INTO golden_history (customer_id, golden, provenance, valid_from, valid_to)
    SELECT customer.id, customer.golden, customer.provenance, customer.golden_since, %(at)s
    FROM customer JOIN new ON new.id = customer.id
    WHERE new.golden_changed AND customer.golden_since < %(at)s
)
UPDATE customer SET kind = new.kind, state = 'active', merged_into_id = NULL, display_name = new.display_name,
       sort_name = new.sort_name, golden = new.golden, provenance = new.provenance,
       golden_since = CASE WHEN new.golden_changed THEN new.golden_since ELSE customer.golden_since END,
       record_count = new.record_count, name_tokens = new.name_tokens, place_tokens = new.place_tokens,
       branches = new.branches,
       changed_at = %(at)s
FROM new WHERE customer.id = new.id
