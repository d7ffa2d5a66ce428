-- Write what the judgements of pairs come to; a pair without a verdict has no row.
WITH told AS MATERIALIZED (
    SELECT * FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[], %(verdicts)s::text[])
                  AS told(left_id, right_id, verdict)
), answered AS (
    DELETE FROM review_item USING told
    WHERE review_item.left_id = told.left_id AND review_item.right_id = told.right_id AND told.verdict <> ''
), gone AS (
    DELETE FROM pair_verdict USING told
    WHERE pair_verdict.left_id = told.left_id AND pair_verdict.right_id = told.right_id AND told.verdict = ''
)
INSERT INTO pair_verdict (left_id, right_id, verdict)
SELECT left_id, right_id, verdict FROM told WHERE verdict <> ''
ON CONFLICT (left_id, right_id) DO UPDATE SET verdict = excluded.verdict
