-- What an act had set aside stands again; where its author has spoken anew since, it stays aside because of that.
UPDATE judgement AS old SET
       withdrawn_at = CASE WHEN newer.act_id IS NULL THEN NULL ELSE old.withdrawn_at END,
       withdrawn_by = CASE WHEN newer.act_id IS NULL THEN NULL ELSE old.withdrawn_by END,
       withdrawn_in_id = newer.act_id
FROM judgement AS found
LEFT JOIN judgement AS newer ON newer.left_id = found.left_id AND newer.right_id = found.right_id
      AND newer.by = found.by AND newer.withdrawn_at IS NULL
WHERE found.withdrawn_in_id = %(act)s AND found.act_id <> %(act)s AND old.id = found.id
RETURNING old.left_id, old.right_id
