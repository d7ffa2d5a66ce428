-- Blocking keys that more records share than the limit, each with the comparison inputs of one of them.
SELECT crowded.key, comparison_input.prepared
FROM (SELECT key, min(record_id) AS record_id FROM block_key GROUP BY key HAVING count(*) > %s) AS crowded
JOIN comparison_input ON comparison_input.record_id = crowded.record_id
