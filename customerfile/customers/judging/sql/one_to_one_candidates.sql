-- Scored pairs of one source with the other whose customers have no record of the other source yet, nothing said of them;
-- of an earlier model all, since the numbers of vetoes are a model's own.
WITH one AS (
    SELECT link.record_id, link.customer_id
    FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = %(one)s
),
other AS (
    SELECT link.record_id, link.customer_id
    FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = %(other)s
),
alone AS (
    SELECT * FROM one WHERE NOT EXISTS (SELECT 1 FROM other WHERE other.customer_id = one.customer_id)
    UNION ALL
    SELECT * FROM other WHERE NOT EXISTS (SELECT 1 FROM one WHERE one.customer_id = other.customer_id)
)
SELECT scored_pair.left_id, scored_pair.right_id, scored_pair.weight, scored_pair.model_hash
FROM scored_pair
JOIN alone AS first ON first.record_id = scored_pair.left_id
JOIN alone AS second ON second.record_id = scored_pair.right_id
JOIN record AS left_record ON left_record.id = scored_pair.left_id
JOIN record AS right_record ON right_record.id = scored_pair.right_id
WHERE scored_pair.weight >= %(least)s
    AND (scored_pair.veto = ANY(%(vetoes)s) OR scored_pair.model_hash <> %(model)s)
    AND left_record.source_id <> right_record.source_id
    AND NOT EXISTS (
        SELECT 1 FROM pair_verdict AS said
        WHERE said.left_id = scored_pair.left_id AND said.right_id = scored_pair.right_id
    )
ORDER BY scored_pair.left_id, scored_pair.right_id
