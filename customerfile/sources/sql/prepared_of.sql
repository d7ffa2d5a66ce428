-- The comparison inputs of records.
SELECT record_id, prepared FROM comparison_input WHERE record_id = ANY(%s)
