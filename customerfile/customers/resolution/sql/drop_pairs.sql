-- What was scored about records that changed no longer holds, and nobody need look at it.
WITH unasked AS (
    DELETE FROM review_item WHERE left_id = ANY(%(ids)s) OR right_id = ANY(%(ids)s)
)
DELETE FROM scored_pair WHERE left_id = ANY(%(ids)s) OR right_id = ANY(%(ids)s)
