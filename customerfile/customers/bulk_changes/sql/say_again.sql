-- Let earlier corrections stand again, as their authors said them: each ended one is said once more, where it hung last.
INSERT INTO correction (record_id, field, value, set_aside, was, note, by, at)
SELECT record_id, field, value, set_aside, was, note, by, at
FROM correction WHERE id = ANY(%(corrections)s::bigint[])
