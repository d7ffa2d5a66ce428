-- Write a person's words on pairs.
INSERT INTO judgement (act_id, left_id, right_id, verdict, by, at)
SELECT %(act)s, left_id, right_id, %(verdict)s, %(by)s, %(at)s
FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[]) AS pair(left_id, right_id)
ORDER BY left_id, right_id
