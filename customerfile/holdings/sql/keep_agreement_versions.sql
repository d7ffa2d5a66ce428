-- Keep what agreements said before another delivery replaces it.
INSERT INTO agreement_version (agreement_id, version, content, delivery_id, replaced_by_id)
SELECT id, version, to_jsonb(agreement), delivery_id, %(delivery)s
FROM agreement WHERE id = ANY(%(ids)s::bigint[]) AND delivery_id <> %(delivery)s
