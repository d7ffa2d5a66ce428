-- Sources that the truth names and the file does not have.
SELECT DISTINCT truth_row.source
FROM truth_row
WHERE NOT EXISTS (SELECT FROM source WHERE source.key = truth_row.source)
ORDER BY truth_row.source
