-- Keep the present version of records that are about to change.
INSERT INTO record_version
    (record_id, version, raw, canonical, prepared, digest, delivery_id, as_of, valid_from, valid_to, replaced_by_id)
SELECT record.id, version, raw, canonical, prepared, digest, delivery_id, as_of, changed_at,
       greatest(%(at)s, changed_at), %(delivery)s
FROM record JOIN comparison_input ON comparison_input.record_id = record.id
WHERE record.id = ANY(%(ids)s)
