-- The rows of a truth file, for the length of one evaluation.
CREATE TEMPORARY TABLE truth_row (line bigint NOT NULL, source text NOT NULL, key text NOT NULL, entity bigint NOT NULL)
