-- Records of the truth that the file does not know, in the order of the truth.
SELECT truth_row.source, truth_row.key
FROM truth_row
JOIN source ON source.key = truth_row.source
WHERE NOT EXISTS (
    SELECT FROM record
    JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = source.id AND record.key = truth_row.key
)
GROUP BY truth_row.source, truth_row.key
ORDER BY min(truth_row.line)
