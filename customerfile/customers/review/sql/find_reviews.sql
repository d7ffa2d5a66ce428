-- Pairs that wait for a person's word, the most valuable first, behind a place in the queue. Not those that this person
-- has judged, nor those that somebody else has taken for now. Few tables: planning is most of the work.
WITH waiting AS MATERIALIZED (
    SELECT * FROM review_item
    WHERE (value, left_id, right_id) < (%(value)s::float8, %(left)s::bigint, %(right)s::bigint)
    ORDER BY value DESC, left_id DESC, right_id DESC
    LIMIT %(looked_at)s
)
SELECT waiting.value, waiting.left_id, waiting.right_id, waiting.kind, waiting.claimed_by, waiting.claimed_until,
       scored_pair.weight, scored_pair.levels, scored_pair.veto, scored_pair.model_hash
FROM waiting
JOIN scored_pair ON scored_pair.left_id = waiting.left_id AND scored_pair.right_id = waiting.right_id
JOIN link AS one ON one.record_id = waiting.left_id AND one.valid_to IS NULL
JOIN link AS other ON other.record_id = waiting.right_id AND other.valid_to IS NULL
WHERE (one.customer_id = other.customer_id) = (waiting.kind IN ('bridge', 'size'))
  AND (waiting.claimed_until IS NULL OR waiting.claimed_until <= %(at)s OR waiting.claimed_by = %(by)s)
  AND NOT EXISTS (
      SELECT FROM judgement
      WHERE judgement.left_id = waiting.left_id AND judgement.right_id = waiting.right_id
        AND judgement.by = %(by)s AND judgement.withdrawn_at IS NULL AND judgement.verdict <> 'unsure'
  )
ORDER BY waiting.value DESC, waiting.left_id DESC, waiting.right_id DESC
LIMIT %(limit)s
