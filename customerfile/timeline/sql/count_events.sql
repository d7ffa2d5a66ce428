-- How many events hang on some records, and notes.
SELECT (SELECT count(*) FROM event WHERE record_id = ANY(%(records)s::bigint[]))
     + (SELECT count(*) FROM note WHERE record_id = ANY(%(records)s::bigint[]))
