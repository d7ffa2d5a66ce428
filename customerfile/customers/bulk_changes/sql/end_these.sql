-- End these corrections.
UPDATE correction SET ended_at = %(at)s, ended_by = %(by)s
WHERE id = ANY(%(corrections)s::bigint[]) AND ended_at IS NULL
RETURNING id, field, record_id
