-- Who else holds some agreements: the customer as it is linked now, none where the holder has not arrived.
SELECT agreement_role.source_id, agreement_role.kind, agreement_role.agreement_key, agreement_role.role,
       agreement_role.valid_from, agreement_role.valid_to, agreement_role.holder_key, link.customer_id
FROM unnest(%(sources)s::bigint[], %(kinds)s::text[], %(keys)s::text[]) AS wanted(source_id, kind, key)
JOIN agreement_role ON agreement_role.source_id = wanted.source_id AND agreement_role.kind = wanted.kind
                   AND agreement_role.agreement_key = wanted.key
LEFT JOIN link ON link.record_id = agreement_role.record_id AND link.valid_to IS NULL
WHERE agreement_role.record_id IS NULL OR NOT agreement_role.record_id = ANY(%(records)s::bigint[])
ORDER BY agreement_role.id
