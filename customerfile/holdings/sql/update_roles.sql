-- Give roles what a delivery says of them.
UPDATE agreement_role SET agreement_key = new.agreement_key, holder_key = new.holder_key, record_id = new.record_id,
       role = new.role, valid_from = new.valid_from, valid_to = new.valid_to, delivery_id = %(delivery)s,
       version = agreement_role.version + (agreement_role.delivery_id <> %(delivery)s)::int
FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(
    id bigint, agreement_key text, holder_key text, record_id bigint, role text, valid_from date, valid_to date)
WHERE agreement_role.id = new.id
