-- Of the pairs without a veto between compared records: how many have each match weight, and how many of them are true.
SELECT pair.weight, count(*), count(*) FILTER (WHERE one.entity = other.entity)
FROM scored_pair AS pair
JOIN compared_record AS one ON one.record_id = pair.left_id
JOIN compared_record AS other ON other.record_id = pair.right_id
WHERE pair.veto = 0
GROUP BY pair.weight
