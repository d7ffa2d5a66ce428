-- The records that both the truth and the file know, each with its customer and its entity.
CREATE TEMPORARY TABLE compared_record AS
SELECT record.id AS record_id, link.customer_id, min(truth_row.entity) AS entity
FROM truth_row
JOIN source ON source.key = truth_row.source
JOIN record ON record.source_id = source.id AND record.key = truth_row.key
JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
GROUP BY record.id, link.customer_id;
-- A new table has no statistics: without them the joins below would be planned for a handful of rows.
ANALYZE compared_record
