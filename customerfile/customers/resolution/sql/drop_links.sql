-- Every link of records that are taken back.
DELETE FROM link WHERE record_id = ANY(%s)
