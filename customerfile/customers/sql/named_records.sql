-- Records by the key of their source and their key in it.
SELECT source.key, record.key, record.id
FROM unnest(%(sources)s::text[], %(keys)s::text[]) AS named(source, key)
JOIN source ON source.key = named.source
JOIN record ON record.source_id = source.id AND record.key = named.key
