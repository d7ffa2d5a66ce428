-- A relationship that a person states, hung on the oldest record of either customer.
INSERT INTO relationship (left_id, right_id, kind, state, basis, valid_from, valid_to, note, proposed_by, proposed_at,
                          decided_by, decided_at)
SELECT CASE WHEN %(equals)s THEN least(one.id, other.id) ELSE one.id END,
       CASE WHEN %(equals)s THEN greatest(one.id, other.id) ELSE other.id END,
       %(kind)s, 'confirmed', 'stated', %(since)s::date, %(until)s::date, %(note)s, %(by)s, %(at)s, %(by)s, %(at)s
FROM (SELECT min(record_id) AS id FROM link WHERE customer_id = %(one)s AND valid_to IS NULL) AS one,
     (SELECT min(record_id) AS id FROM link WHERE customer_id = %(other)s AND valid_to IS NULL) AS other
ON CONFLICT (left_id, right_id, kind) DO UPDATE
SET state = excluded.state, basis = excluded.basis, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
    note = excluded.note, decided_by = excluded.decided_by, decided_at = excluded.decided_at
RETURNING id
