-- The scored links between members of the components at hand.
SELECT left_id, right_id, weight FROM link SEMI JOIN member ON record = left_id WHERE weight IS NOT NULL
