-- Pairs for a person to look at, with their value; those that need no look any more leave the queue.
WITH settled AS (
    DELETE FROM review_item USING unnest(%(inside_lefts)s::bigint[], %(inside_rights)s::bigint[]) AS pair(left_id, right_id)
    WHERE review_item.left_id = pair.left_id AND review_item.right_id = pair.right_id
      AND review_item.kind IN ('between', 'vetoed')
      AND (review_item.left_id, review_item.right_id) NOT IN (SELECT * FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[]))
), regrouped AS (
    DELETE FROM review_item WHERE left_id = ANY(%(regrouped)s::bigint[]) AND kind IN ('bridge', 'size')
       AND (left_id, right_id) NOT IN (SELECT * FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[]))
)
INSERT INTO review_item (left_id, right_id, kind, value)
SELECT pair.left_id, pair.right_id, pair.kind,
       pair.points + least(log(2, one.record_count + other.record_count)::float8, 5) + %(months)s
       - CASE WHEN EXISTS (
             SELECT FROM judgement WHERE judgement.left_id = pair.left_id AND judgement.right_id = pair.right_id
                AND judgement.withdrawn_at IS NULL AND judgement.verdict = 'unsure'
         ) THEN 1000 ELSE 0 END
FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[], %(kinds)s::text[], %(points)s::float8[])
     AS pair(left_id, right_id, kind, points)
JOIN link AS one_link ON one_link.record_id = pair.left_id AND one_link.valid_to IS NULL
JOIN link AS other_link ON other_link.record_id = pair.right_id AND other_link.valid_to IS NULL
JOIN customer AS one ON one.id = one_link.customer_id
JOIN customer AS other ON other.id = other_link.customer_id
WHERE (one.id = other.id) = (pair.kind IN ('bridge', 'size'))
  AND (pair.kind <> 'size' OR one.record_count > (SELECT most_records FROM judging_rules))
  AND NOT EXISTS (
      SELECT FROM pair_verdict WHERE pair_verdict.left_id = pair.left_id AND pair_verdict.right_id = pair.right_id
  )
ON CONFLICT (left_id, right_id) DO UPDATE SET kind = excluded.kind, value = excluded.value
