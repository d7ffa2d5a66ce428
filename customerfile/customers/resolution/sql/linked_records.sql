-- Records as survivorship sees them.
SELECT record.id, record.canonical, source.priority, record.as_of
FROM record JOIN source ON source.id = record.source_id WHERE record.id = ANY(%s)
