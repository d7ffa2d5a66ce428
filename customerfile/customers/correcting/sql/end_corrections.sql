-- End the corrections of fields that hang on these records.
UPDATE correction SET ended_at = %(at)s, ended_by = %(by)s
WHERE record_id = ANY(%(records)s::bigint[]) AND field = ANY(%(fields)s::text[]) AND ended_at IS NULL
RETURNING id, field, record_id
