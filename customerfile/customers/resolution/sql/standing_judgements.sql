-- The judgements that stand on pairs, in their order.
SELECT judgement.left_id, judgement.right_id, judgement.at, judgement.id, judgement.by, judgement.verdict
FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[]) AS pair(left_id, right_id)
JOIN judgement ON judgement.left_id = pair.left_id AND judgement.right_id = pair.right_id
WHERE judgement.withdrawn_at IS NULL
ORDER BY judgement.at, judgement.id
