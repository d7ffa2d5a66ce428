-- The next records in the order of their ids, with what they say, and whether they are matched (those of lists are not).
SELECT record.id, record.canonical, source.kind = 'customers'
FROM record JOIN source ON source.id = record.source_id
WHERE record.id > %s
ORDER BY record.id
LIMIT %s
FOR UPDATE OF record
