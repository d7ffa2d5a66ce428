-- The scored pairs between the records of two customers, the strongest first.
SELECT pair.left_id, pair.right_id, pair.veto, pair.model_hash
FROM link AS one
CROSS JOIN LATERAL (
    SELECT left_id, right_id, weight, veto, model_hash, right_id AS other_id
    FROM scored_pair WHERE left_id = one.record_id
    UNION ALL
    SELECT left_id, right_id, weight, veto, model_hash, left_id
    FROM scored_pair WHERE right_id = one.record_id
) AS pair
JOIN link AS other ON other.record_id = pair.other_id AND other.valid_to IS NULL
WHERE one.customer_id = %(one)s AND one.valid_to IS NULL AND other.customer_id = %(other)s
ORDER BY pair.weight DESC, pair.left_id, pair.right_id
