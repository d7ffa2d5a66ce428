-- Hang the corrections of records on others.
UPDATE correction SET record_id = pairs.heir
FROM unnest(%(gone)s::bigint[], %(heirs)s::bigint[]) AS pairs(gone, heir)
WHERE correction.record_id = pairs.gone
