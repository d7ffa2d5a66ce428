-- Scored pairs with either side among the given records.
SELECT left_id, right_id, weight, veto FROM scored_pair WHERE left_id = ANY(%(ids)s)
UNION
SELECT left_id, right_id, weight, veto FROM scored_pair WHERE right_id = ANY(%(ids)s)
