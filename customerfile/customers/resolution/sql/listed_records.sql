-- Every record of a list, with its comparison inputs.
SELECT record.id, prepared
FROM record
JOIN source ON source.id = record.source_id
JOIN comparison_input ON comparison_input.record_id = record.id
WHERE source.kind <> 'customers'
ORDER BY record.id
