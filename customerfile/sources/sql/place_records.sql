-- For each key of a source: the record that is there, or the id of one to make.
SELECT wanted.key, coalesce(there.id, nextval('record_id_seq')), there.digest, comparison_input.prepared
FROM unnest(%s::text[]) AS wanted(key)
LEFT JOIN LATERAL (
    SELECT id, digest FROM record WHERE record.source_id = %s AND record.key = wanted.key OFFSET 0
) AS there ON true
LEFT JOIN comparison_input ON comparison_input.record_id = there.id
