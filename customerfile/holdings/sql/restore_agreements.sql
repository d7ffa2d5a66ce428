-- Give agreements back what they said before this delivery replaced it.
WITH old AS (
    SELECT DISTINCT ON (agreement_id) (jsonb_populate_record(NULL::agreement, content)).*
    FROM agreement_version WHERE replaced_by_id = %(delivery)s
    ORDER BY agreement_id, agreement_version.version DESC
)
UPDATE agreement SET number = old.number, product = old.product, status = old.status, currency = old.currency,
       opened_on = old.opened_on, closed_on = old.closed_on, due_on = old.due_on, amount = old.amount,
       balance = old.balance, balance_on = old.balance_on, under_kind = old.under_kind, under_key = old.under_key,
       under_role = old.under_role, terms = old.terms, delivery_id = old.delivery_id, version = agreement.version + 1
FROM old
WHERE agreement.id = old.id AND agreement.delivery_id = %(delivery)s
RETURNING agreement.id
