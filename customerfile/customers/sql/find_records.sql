-- The records linked to a customer now, each with the pair that holds it there.
SELECT record.id, source.key, source.name, record.key, record.raw, record.as_of, record.changed_at, record.version,
       link.valid_from, link.weight, link.cause, link.matched_record_id, other_source.key, other.key
FROM link
JOIN record ON record.id = link.record_id
JOIN source ON source.id = record.source_id
LEFT JOIN record AS other ON other.id = link.matched_record_id
LEFT JOIN source AS other_source ON other_source.id = other.source_id
WHERE link.customer_id = %s AND link.valid_to IS NULL
ORDER BY record.id
