-- How many records of the file the truth does not name.
SELECT (SELECT count(*) FROM link WHERE valid_to IS NULL) - (SELECT count(*) FROM compared_record)
