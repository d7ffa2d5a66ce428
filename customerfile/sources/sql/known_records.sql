-- The records of one source under the given keys.
SELECT key, id FROM record WHERE source_id = %s AND key = ANY(%s)
