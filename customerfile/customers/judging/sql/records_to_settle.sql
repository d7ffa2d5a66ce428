-- Records that stand or fall with the rule of one record per customer: of customers with several of a source, and of
-- pairs of it that would link.
SELECT record.id FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
WHERE record.source_id = %(source)s AND link.customer_id IN (
    SELECT customer_id FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = %(source)s GROUP BY customer_id HAVING count(*) > 1
)
UNION
SELECT scored_pair.left_id FROM scored_pair
JOIN record AS one ON one.id = scored_pair.left_id AND one.source_id = %(source)s
JOIN record AS other ON other.id = scored_pair.right_id AND other.source_id = %(source)s
WHERE scored_pair.veto = 0 AND scored_pair.weight >= %(link)s
ORDER BY 1
