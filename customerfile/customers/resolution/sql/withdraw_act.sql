-- Take an act back with its judgements. Those that a later act had set aside are withdrawn for good.
WITH act AS (
    UPDATE judgement_act SET withdrawn_at = %(at)s, withdrawn_by = %(by)s WHERE id = %(act)s
)
UPDATE judgement SET withdrawn_at = coalesce(withdrawn_at, %(at)s), withdrawn_by = coalesce(withdrawn_by, %(by)s),
       withdrawn_in_id = %(act)s
WHERE act_id = %(act)s
RETURNING left_id, right_id
