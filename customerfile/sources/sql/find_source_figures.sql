-- Of every source: how many records it has, and how many deliveries that were not taken back.
SELECT source.id,
       (SELECT count(*) FROM record WHERE record.source_id = source.id),
       (SELECT count(*) FROM delivery WHERE delivery.source_id = source.id AND delivery.state <> 'undone')
FROM source
