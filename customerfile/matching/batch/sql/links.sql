-- Pairs that join records: scored high enough without a veto, or judged a match; none that is judged not to be one.
CREATE TABLE link AS
SELECT left_id, right_id, weight
FROM scored_pair
ANTI JOIN apart USING (left_id, right_id)
WHERE weight >= $least AND veto = 0
    AND NOT EXISTS (
        SELECT 1 FROM rival AS one JOIN rival AS other USING (source)
        WHERE one.record = left_id AND other.record = right_id
    )
UNION ALL
SELECT left_id, right_id, NULL
FROM together
SEMI JOIN staged AS one ON one.record = left_id
SEMI JOIN staged AS other ON other.record = right_id
