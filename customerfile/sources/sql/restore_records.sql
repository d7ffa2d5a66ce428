-- Give records back what they said before, as a new version of the delivery that said it.
WITH old AS (
    SELECT record_version.*
    FROM record_version
    JOIN unnest(%(ids)s::bigint[], %(versions)s::int[]) AS wanted(id, version)
      ON wanted.id = record_version.record_id AND wanted.version = record_version.version
),
inputs AS (
    UPDATE comparison_input SET prepared = old.prepared FROM old WHERE comparison_input.record_id = old.record_id
)
UPDATE record SET raw = old.raw, canonical = old.canonical, kind = old.canonical ->> 'kind',
       digest = old.digest, delivery_id = old.delivery_id, as_of = old.as_of, version = record.version + 1,
       changed_at = %(at)s
FROM old
WHERE record.id = old.record_id
RETURNING record.id
