-- A person's word on a listed record and a customer: it holds for every hit of that record among the customer's records.
UPDATE watch_hit SET state = %(state)s, decided_by = %(by)s, decided_at = %(at)s
FROM watch_hit AS named
JOIN link AS here ON here.record_id = named.record_id AND here.valid_to IS NULL
JOIN link AS fellow ON fellow.customer_id = here.customer_id AND fellow.valid_to IS NULL
WHERE named.id = %(hit)s AND watch_hit.listed_id = named.listed_id AND watch_hit.record_id = fellow.record_id
RETURNING here.customer_id, named.state
