-- Give roles back what they said before this delivery replaced it; on the holder's record as far as it is there now.
WITH old AS (
    SELECT DISTINCT ON (role_id) (jsonb_populate_record(NULL::agreement_role, content)).*
    FROM agreement_role_version WHERE replaced_by_id = %(delivery)s
    ORDER BY role_id, agreement_role_version.version DESC
)
UPDATE agreement_role SET agreement_key = old.agreement_key, holder_key = old.holder_key, role = old.role,
       valid_from = old.valid_from, valid_to = old.valid_to, delivery_id = old.delivery_id,
       version = agreement_role.version + 1,
       record_id = (SELECT record.id FROM record
                    WHERE record.source_id = old.source_id AND record.key = old.holder_key)
FROM old
WHERE agreement_role.id = old.id AND agreement_role.delivery_id = %(delivery)s
RETURNING agreement_role.id
