-- What lies around these records: scored pairs with either side among them, and (last column) their present customers.
SELECT left_id, right_id, weight, veto, NULL::bigint AS customer_id FROM scored_pair WHERE left_id = ANY(%(ids)s)
UNION ALL
SELECT left_id, right_id, weight, veto, NULL FROM scored_pair WHERE right_id = ANY(%(ids)s)
UNION ALL
SELECT record_id, NULL, NULL, NULL, customer_id FROM link WHERE record_id = ANY(%(ids)s) AND valid_to IS NULL
