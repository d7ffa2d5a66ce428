-- Give records back what they said before, as a new version of the delivery that said it.
UPDATE record SET raw = old.raw, canonical = old.canonical, kind = old.canonical ->> 'kind', prepared = old.prepared,
       digest = old.digest, delivery_id = old.delivery_id, as_of = old.as_of, version = record.version + 1,
       changed_at = %(at)s
FROM record_version AS old
JOIN unnest(%(ids)s::bigint[], %(versions)s::int[]) AS wanted(id, version)
  ON wanted.id = old.record_id AND wanted.version = old.version
WHERE record.id = old.record_id
RETURNING record.id, record.prepared, record.canonical, record.as_of, record.source_id
