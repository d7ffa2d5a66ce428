-- Whoever has judged a pair holds it no longer; who is unsure sends it to the end of the queue.
UPDATE review_item SET claimed_by = NULL, claimed_until = NULL,
       value = CASE WHEN %(unsure)s AND value > -500 THEN value - 1000 ELSE value END
WHERE left_id = %(left)s AND right_id = %(right)s
