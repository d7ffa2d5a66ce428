-- Add the judged pairs; and, so that their values are made columns, the records that are drawn at random, each with itself.
INSERT INTO pair
SELECT left_id, right_id FROM judged_pair
SEMI JOIN staged AS one ON one.record = left_id
SEMI JOIN staged AS other ON other.record = right_id
ANTI JOIN pair USING (left_id, right_id)
UNION ALL
SELECT record, record FROM stranger SEMI JOIN staged USING (record)
