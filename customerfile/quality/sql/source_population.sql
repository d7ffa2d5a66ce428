-- Of every source of customers: its key, and how many records it has.
SELECT source.id, source.key, (SELECT count(*) FROM record WHERE record.source_id = source.id)
FROM source WHERE source.kind = 'customers' ORDER BY source.key
