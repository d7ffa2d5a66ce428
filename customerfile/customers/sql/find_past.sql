-- The past periods of a customer's file (and of the number asked for), with what it said at one moment.
SELECT customer_id, valid_from, valid_to,
       CASE WHEN valid_from <= %(on)s AND %(on)s < valid_to THEN golden END,
       CASE WHEN valid_from <= %(on)s AND %(on)s < valid_to THEN provenance END
FROM golden_history
WHERE customer_id = ANY(%(ids)s)
ORDER BY valid_from, id
