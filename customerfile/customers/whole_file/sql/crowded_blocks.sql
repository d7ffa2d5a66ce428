-- Blocking keys that more records share than the limit, each with the comparison inputs of one of them.
SELECT crowded.key, record.prepared
FROM (SELECT key, min(record_id) AS record_id FROM block_key GROUP BY key HAVING count(*) > %s) AS crowded
JOIN record ON record.id = crowded.record_id
