-- Give agreements what a delivery says of them.
UPDATE agreement SET number = new.number, product = new.product, status = new.status, currency = new.currency,
       opened_on = new.opened_on, closed_on = new.closed_on, due_on = new.due_on, amount = new.amount,
       balance = new.balance, balance_on = new.balance_on, under_kind = new.under_kind, under_key = new.under_key,
       under_role = new.under_role, terms = new.terms, delivery_id = %(delivery)s,
       version = agreement.version + (agreement.delivery_id <> %(delivery)s)::int
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(
    id bigint, number text, product text, status text, currency text, opened_on date, closed_on date, due_on date,
    amount numeric, balance numeric, balance_on date, under_kind text, under_key text, under_role text, terms jsonb)
WHERE agreement.id = new.id
