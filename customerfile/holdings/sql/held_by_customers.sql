-- What some customers hold: directly; what belongs to an agreement they own; what belongs to a role of theirs.
WITH direct AS (
    SELECT customer.number, role.source_id, role.kind, role.agreement_key, role.key, role.role, role.valid_from, role.valid_to
    FROM customer
    JOIN link ON link.customer_id = customer.id AND link.valid_to IS NULL
    JOIN agreement_role AS role ON role.record_id = link.record_id
    WHERE customer.number = ANY(%(numbers)s::text[])
), held AS (
    SELECT number, source_id, kind, agreement_key AS key, role, valid_from, valid_to FROM direct
    UNION
    SELECT direct.number, part.source_id, part.kind, part.key, role, valid_from, valid_to
    FROM direct JOIN agreement AS part ON part.source_id = direct.source_id AND part.under_kind = direct.kind
                                      AND part.under_key = direct.agreement_key AND part.under_key <> ''
    WHERE role = ANY(%(owning)s::text[])
    UNION
    SELECT direct.number, part.source_id, part.kind, part.key, role, valid_from, valid_to
    FROM direct JOIN agreement AS part ON part.source_id = direct.source_id AND part.under_kind = direct.kind
                                      AND part.under_role = direct.key AND part.under_role <> ''
)
SELECT held.number, jsonb_strip_nulls(jsonb_build_object(
           'source', source.key, 'kind', held.kind, 'key', held.key, 'role', held.role, 'valid_from', held.valid_from,
           'valid_to', held.valid_to, 'number', nullif(agreement.number, ''), 'product', nullif(product, ''),
           'status', nullif(status, ''), 'currency', nullif(currency, ''), 'opened_on', opened_on, 'closed_on', closed_on,
           'due_on', due_on, 'amount', amount::text, 'balance', balance::text, 'balance_on', balance_on,
           'terms', nullif(terms, '{}')))::text
FROM held
JOIN source ON source.id = held.source_id
LEFT JOIN agreement ON agreement.source_id = held.source_id AND agreement.kind = held.kind AND agreement.key = held.key
ORDER BY held.number, source.key, held.kind, held.key, held.role, held.valid_from, held.valid_to
