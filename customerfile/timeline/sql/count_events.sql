-- How many events hang on some records.
SELECT count(*) FROM event WHERE record_id = ANY(%s)
