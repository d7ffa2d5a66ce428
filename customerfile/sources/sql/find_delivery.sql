-- One delivery.
SELECT delivery.id, source.key, source.name, file_name, file_digest, file_bytes, kind_as, state, started_at, finished_at,
       by, rows, created, updated, unchanged, rejected, customers_created, records_joined, customers_merged, value_faults,
       nobody_rows, quarantined, message, mapping, detected
FROM delivery JOIN source ON source.id = delivery.source_id
WHERE delivery.id = %s
