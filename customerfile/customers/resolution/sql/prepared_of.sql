-- The comparison inputs of records.
SELECT id, prepared FROM record WHERE id = ANY(%s)
