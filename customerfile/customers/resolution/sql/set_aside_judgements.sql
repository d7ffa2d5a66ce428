-- Set judgements aside in the course of an act.
UPDATE judgement SET withdrawn_at = %(at)s, withdrawn_by = %(by)s, withdrawn_in_id = %(act)s
WHERE id = ANY(%(ids)s::bigint[]) AND withdrawn_at IS NULL
