-- Keep what roles said before another delivery replaces it.
INSERT INTO agreement_role_version (role_id, version, record_id, content, delivery_id, replaced_by_id)
SELECT id, version, record_id, to_jsonb(agreement_role), delivery_id, %(delivery)s
FROM agreement_role WHERE id = ANY(%(ids)s::bigint[]) AND delivery_id <> %(delivery)s
