-- So many records of customers, any alike.
SELECT record.id FROM record JOIN source ON source.id = record.source_id
WHERE source.kind = 'customers' ORDER BY random() LIMIT %(most)s
