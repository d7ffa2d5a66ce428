-- Every record of a list, with its comparison inputs.
SELECT record.id, record.prepared FROM record JOIN source ON source.id = record.source_id
WHERE source.kind <> 'customers'
ORDER BY record.id
