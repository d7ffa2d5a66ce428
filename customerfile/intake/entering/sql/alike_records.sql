-- The records that an entered one was found to be like, the likest first: the levels found, whether they stand under one customer
-- with it, and whether somebody is to look at the pair.
WITH entered AS (
    SELECT record.id, link.customer_id
    FROM record
    JOIN source ON source.id = record.source_id AND source.key = %(source)s
    JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.key = %(key)s
), pair AS (
    SELECT right_id AS record_id, left_id, right_id, weight, levels FROM scored_pair WHERE left_id = (SELECT id FROM entered)
    UNION ALL
    SELECT left_id, left_id, right_id, weight, levels FROM scored_pair WHERE right_id = (SELECT id FROM entered)
)
SELECT entered.id, pair.record_id, pair.levels, link.customer_id = entered.customer_id, review_item.left_id IS NOT NULL
FROM entered
LEFT JOIN pair ON true
LEFT JOIN link ON link.record_id = pair.record_id AND link.valid_to IS NULL
LEFT JOIN review_item ON review_item.left_id = pair.left_id AND review_item.right_id = pair.right_id
ORDER BY pair.weight DESC, pair.record_id
