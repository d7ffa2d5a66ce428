-- What is held by way of some records: directly; what belongs to an agreement that is owned; what belongs to a role.
WITH direct AS (
    SELECT source_id, kind, agreement_key, key, role, valid_from, valid_to
    FROM agreement_role WHERE record_id = ANY(%(records)s::bigint[])
), owned AS (
    SELECT * FROM direct WHERE role = ANY(%(owning)s::text[])
), held AS (
    SELECT direct.source_id, direct.kind, direct.agreement_key AS key, role, valid_from, valid_to FROM direct
    UNION
    SELECT part.source_id, part.kind, part.key, owned.role, owned.valid_from, owned.valid_to
    FROM owned JOIN agreement AS part ON part.source_id = owned.source_id AND part.under_kind = owned.kind
                                     AND part.under_key = owned.agreement_key AND part.under_key <> ''
    UNION
    SELECT part.source_id, part.kind, part.key, owned.role, owned.valid_from, owned.valid_to
    FROM owned
    JOIN agreement_role AS fellow ON fellow.source_id = owned.source_id AND fellow.kind = owned.kind
                                 AND fellow.agreement_key = owned.agreement_key
    JOIN agreement AS part ON part.source_id = fellow.source_id AND part.under_kind = fellow.kind
                          AND part.under_role = fellow.key AND part.under_role <> ''
    UNION
    SELECT part.source_id, part.kind, part.key, direct.role, direct.valid_from, direct.valid_to
    FROM direct JOIN agreement AS part ON part.source_id = direct.source_id AND part.under_kind = direct.kind
                                      AND part.under_role = direct.key AND part.under_role <> ''
)
SELECT source.key, held.source_id, held.kind, held.key, held.role, held.valid_from, held.valid_to, agreement.id IS NOT NULL,
       coalesce(number, ''), coalesce(product, ''), coalesce(status, ''), coalesce(currency, ''), opened_on, closed_on,
       due_on, amount, balance, balance_on, coalesce(agreement.under_kind, ''),
       coalesce(nullif(agreement.under_key, ''), upper_role.agreement_key, ''), coalesce(terms, '{}')::text
FROM held
JOIN source ON source.id = held.source_id
LEFT JOIN agreement ON agreement.source_id = held.source_id AND agreement.kind = held.kind AND agreement.key = held.key
LEFT JOIN agreement_role AS upper_role
       ON upper_role.source_id = agreement.source_id AND upper_role.kind = agreement.under_kind
      AND upper_role.key = agreement.under_role AND agreement.under_role <> ''
ORDER BY held.source_id, held.kind, held.key, held.role, held.valid_from, held.valid_to
