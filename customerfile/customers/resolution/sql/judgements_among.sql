-- The judgements that stand between any two of these records.
SELECT judgement.id, judgement.left_id, judgement.right_id, judgement.verdict, judgement.by, judgement.act_id, act.kind
FROM judgement JOIN judgement_act AS act ON act.id = judgement.act_id
WHERE judgement.left_id = ANY(%(records)s::bigint[]) AND judgement.right_id = ANY(%(records)s::bigint[])
  AND judgement.withdrawn_at IS NULL
ORDER BY judgement.id
