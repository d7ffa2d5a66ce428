-- Acts of people on the file, the newest first, each with what was said in it: those about some customers' records, those
-- with some numbers, or all.
WITH concerned AS MATERIALIZED (
    SELECT judgement.act_id FROM link JOIN judgement ON judgement.left_id = link.record_id
    WHERE link.customer_id = ANY(%(customers)s::bigint[]) AND link.valid_to IS NULL
    UNION
    SELECT judgement.act_id FROM link JOIN judgement ON judgement.right_id = link.record_id
    WHERE link.customer_id = ANY(%(customers)s::bigint[]) AND link.valid_to IS NULL
), act AS MATERIALIZED (
    SELECT * FROM judgement_act
    WHERE (%(all)s OR withdrawn_at IS NULL)
      AND (%(customers)s::bigint[] IS NULL OR id IN (SELECT act_id FROM concerned))
      AND (%(acts)s::bigint[] IS NULL OR id = ANY(%(acts)s::bigint[]))
    ORDER BY id DESC LIMIT %(limit)s
)
SELECT act.id, act.kind, act.by, act.at, act.note, act.withdrawn_at, act.withdrawn_by,
       json_agg(json_build_array(left_source.key || '/' || left_record.key, right_source.key || '/' || right_record.key,
                                 judgement.verdict, judgement.withdrawn_at IS NULL,
                                 judgement.withdrawn_at IS NULL AND pair_verdict.verdict IS NOT NULL,
                                 judgement.left_id, judgement.right_id) ORDER BY judgement.id)::text
FROM act
JOIN judgement ON judgement.act_id = act.id
LEFT JOIN pair_verdict ON pair_verdict.left_id = judgement.left_id AND pair_verdict.right_id = judgement.right_id
     AND pair_verdict.verdict = judgement.verdict
JOIN record AS left_record ON left_record.id = judgement.left_id
JOIN source AS left_source ON left_source.id = left_record.source_id
JOIN record AS right_record ON right_record.id = judgement.right_id
JOIN source AS right_source ON right_source.id = right_record.source_id
GROUP BY act.id, act.kind, act.by, act.at, act.note, act.withdrawn_at, act.withdrawn_by
ORDER BY act.id DESC
