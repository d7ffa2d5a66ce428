-- Where records come from.
SELECT record.id, source.key, record.key FROM record JOIN source ON source.id = record.source_id WHERE record.id = ANY(%s)
