-- The customers of whom a record holds a value that is not compared, the oldest first.
SELECT DISTINCT link.customer_id
FROM common_value JOIN block_key ON block_key.key = common_value.key
JOIN link ON link.record_id = block_key.record_id AND link.valid_to IS NULL
WHERE common_value.rule = %(rule)s AND common_value.value = %(value)s
ORDER BY link.customer_id LIMIT %(kept)s
