-- What each person said at last of pairs that two or more people judged.
SELECT left_id, right_id, json_object_agg(by, verdict)::text FROM (
    SELECT DISTINCT ON (judgement.left_id, judgement.right_id, judgement.by)
           judgement.left_id, judgement.right_id, judgement.by, judgement.verdict
    FROM judgement JOIN judgement_act AS act ON act.id = judgement.act_id AND act.withdrawn_at IS NULL
    ORDER BY judgement.left_id, judgement.right_id, judgement.by, judgement.at DESC, judgement.id DESC
) AS last
GROUP BY left_id, right_id
HAVING count(*) > 1
