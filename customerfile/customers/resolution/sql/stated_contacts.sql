-- The values that people stated for some fields on these records.
SELECT record_id, field, value FROM correction
WHERE record_id = ANY(%(records)s::bigint[]) AND field = ANY(%(fields)s::text[]) AND ended_at IS NULL AND value IS NOT NULL
