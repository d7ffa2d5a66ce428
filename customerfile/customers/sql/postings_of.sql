-- What these customers are found by now.
SELECT unnest(name_tokens), false, id FROM customer WHERE id = ANY(%(ids)s)
UNION ALL
SELECT unnest(place_tokens), true, id FROM customer WHERE id = ANY(%(ids)s)
