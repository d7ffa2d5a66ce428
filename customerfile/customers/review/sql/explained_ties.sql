-- The pairs among a customer's records that join them: good ones by their weight, and those that a person joined.
WITH here AS MATERIALIZED (
    SELECT record_id AS id FROM link WHERE customer_id = %(customer)s AND valid_to IS NULL
)
SELECT scored_pair.left_id, scored_pair.right_id, scored_pair.weight, scored_pair.levels, scored_pair.model_hash,
       pair_verdict.verdict
FROM scored_pair
JOIN here AS one ON one.id = scored_pair.left_id
JOIN here AS other ON other.id = scored_pair.right_id
LEFT JOIN pair_verdict ON pair_verdict.left_id = scored_pair.left_id AND pair_verdict.right_id = scored_pair.right_id
WHERE scored_pair.weight >= %(link)s AND scored_pair.veto = 0
UNION ALL
SELECT pair_verdict.left_id, pair_verdict.right_id, NULL, NULL, NULL, pair_verdict.verdict
FROM pair_verdict
JOIN here AS one ON one.id = pair_verdict.left_id
JOIN here AS other ON other.id = pair_verdict.right_id
WHERE pair_verdict.verdict = 'match'
