-- What records say.
SELECT id, canonical FROM record WHERE id = ANY(%s)
