-- Roles that a delivery made or changed and that a later one changed since.
SELECT DISTINCT agreement_role.kind, agreement_role.key
FROM agreement_role_version JOIN agreement_role ON agreement_role.id = agreement_role_version.role_id
WHERE agreement_role_version.delivery_id = %(delivery)s AND agreement_role.delivery_id <> %(delivery)s
  AND agreement_role_version.replaced_by_id <> %(delivery)s
ORDER BY 1, 2
