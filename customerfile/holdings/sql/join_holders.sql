-- Hang roles that waited for a holder on the record that has come.
UPDATE agreement_role SET record_id = come.record_id
FROM unnest(%(records)s::bigint[], %(keys)s::text[]) AS come(record_id, key)
WHERE agreement_role.source_id = %(source)s AND agreement_role.record_id IS NULL
  AND agreement_role.holder_key = come.key
