-- Pairs that wait for a person's word, the most valuable first, behind a place in the queue. Not those that this person
-- has judged, nor those that somebody else has taken for now.
WITH waiting AS MATERIALIZED (
    SELECT * FROM review_item
    WHERE (value, left_id, right_id) < (%(value)s::float8, %(left)s::bigint, %(right)s::bigint)
    ORDER BY value DESC, left_id DESC, right_id DESC
    LIMIT %(looked_at)s
)
SELECT waiting.value, waiting.left_id, waiting.right_id, waiting.kind, waiting.claimed_by, waiting.claimed_until,
       scored_pair.weight, scored_pair.levels, scored_pair.veto, scored_pair.model_hash,
       one_source.key || '/' || one_record.key, one.number, one.display_name, one.record_count,
       other_source.key || '/' || other_record.key, other.number, other.display_name, other.record_count
FROM waiting
JOIN scored_pair ON scored_pair.left_id = waiting.left_id AND scored_pair.right_id = waiting.right_id
JOIN record AS one_record ON one_record.id = waiting.left_id
JOIN source AS one_source ON one_source.id = one_record.source_id
JOIN record AS other_record ON other_record.id = waiting.right_id
JOIN source AS other_source ON other_source.id = other_record.source_id
JOIN link AS one_link ON one_link.record_id = waiting.left_id AND one_link.valid_to IS NULL
JOIN link AS other_link ON other_link.record_id = waiting.right_id AND other_link.valid_to IS NULL
JOIN customer AS one ON one.id = one_link.customer_id
JOIN customer AS other ON other.id = other_link.customer_id
WHERE (one.id = other.id) = (waiting.kind IN ('bridge', 'size'))
  AND (waiting.claimed_until IS NULL OR waiting.claimed_until <= %(at)s OR waiting.claimed_by = %(by)s)
  AND NOT EXISTS (
      SELECT FROM judgement
      WHERE judgement.left_id = waiting.left_id AND judgement.right_id = waiting.right_id
        AND judgement.by = %(by)s AND judgement.withdrawn_at IS NULL AND judgement.verdict <> 'unsure'
  )
ORDER BY waiting.value DESC, waiting.left_id DESC, waiting.right_id DESC
LIMIT %(limit)s
