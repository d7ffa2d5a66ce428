-- The ids of the words that are already known.
SELECT token, id FROM name_token WHERE token = ANY(%s)
