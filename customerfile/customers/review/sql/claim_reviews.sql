-- Give a person the next pairs of the queue for some minutes; what somebody else is just being given is passed over.
WITH free AS MATERIALIZED (
    SELECT left_id, right_id FROM review_item
    WHERE (left_id, right_id) IN (SELECT * FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[]))
      AND (claimed_until IS NULL OR claimed_until <= %(at)s OR claimed_by = %(by)s)
    FOR UPDATE SKIP LOCKED
)
UPDATE review_item SET claimed_by = %(by)s, claimed_until = %(until)s
FROM free WHERE review_item.left_id = free.left_id AND review_item.right_id = free.right_id
RETURNING review_item.left_id, review_item.right_id
