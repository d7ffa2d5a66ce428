-- A person speaks anew of pairs: what they said of them before is set aside.
UPDATE judgement SET withdrawn_at = %(at)s, withdrawn_by = %(by)s, withdrawn_in_id = %(act)s
FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[]) AS pair(left_id, right_id)
WHERE judgement.left_id = pair.left_id AND judgement.right_id = pair.right_id AND judgement.by = %(by)s
  AND judgement.withdrawn_at IS NULL
