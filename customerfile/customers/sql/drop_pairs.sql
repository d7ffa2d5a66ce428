-- What was scored about records that changed no longer holds.
DELETE FROM scored_pair WHERE left_id = ANY(%(ids)s) OR right_id = ANY(%(ids)s)
