-- Roles whose holder has not arrived.
SELECT source.key, holder_key, agreement_role.kind, agreement_key, role, delivery_id
FROM agreement_role JOIN source ON source.id = agreement_role.source_id
WHERE record_id IS NULL AND (%(source)s::text IS NULL OR source.key = %(source)s)
ORDER BY source.key, holder_key, agreement_role.kind, agreement_key, agreement_role.id
LIMIT %(limit)s
