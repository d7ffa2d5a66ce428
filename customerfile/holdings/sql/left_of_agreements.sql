-- Agreements that a delivery made or changed and that a later one changed since.
SELECT DISTINCT agreement.kind, agreement.key
FROM agreement_version JOIN agreement ON agreement.id = agreement_version.agreement_id
WHERE agreement_version.delivery_id = %(delivery)s AND agreement.delivery_id <> %(delivery)s
  AND agreement_version.replaced_by_id <> %(delivery)s
ORDER BY 1, 2
