-- Write down that what is on file of the customers of these records holds.
INSERT INTO confirmation (record_id, change_id, by, at)
SELECT record_id, %(change)s, %(by)s, %(at)s FROM unnest(%(records)s::bigint[]) AS chosen(record_id)
ON CONFLICT (record_id, change_id) DO NOTHING
