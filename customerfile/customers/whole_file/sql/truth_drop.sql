-- An evaluation leaves nothing behind.
DROP TABLE truth_row, compared_record
