-- Keep a few scored pairs.
INSERT INTO scored_pair (left_id, right_id, weight, levels, veto, model_hash)
SELECT pair.*, %s::text
FROM unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::bytea[], %s::smallint[]) AS pair
