-- Every two records that share a blocking key, once, as pairs.sql has them for DuckDB: keys above the limit tell nothing.
WITH telling AS (
    SELECT key FROM block_key GROUP BY key HAVING count(*) BETWEEN 2 AND :most
),
shared AS (
    SELECT key, record FROM block_key SEMI JOIN telling USING (key)
)
SELECT DISTINCT one.record AS left_id, other.record AS right_id
FROM shared AS one
JOIN shared AS other ON one.key = other.key AND one.record < other.record
