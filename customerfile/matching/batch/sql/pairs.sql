-- Every two records that share a blocking key, once. A key that more records share than the limit tells nothing.
CREATE TABLE pair AS
WITH telling AS (
    SELECT key FROM block_key GROUP BY key HAVING count(*) BETWEEN 2 AND $most
),
shared AS MATERIALIZED (
    SELECT key, record FROM block_key SEMI JOIN telling USING (key)
)
SELECT DISTINCT one.record AS left_id, other.record AS right_id
FROM shared AS one
JOIN shared AS other ON one.key = other.key AND one.record < other.record
