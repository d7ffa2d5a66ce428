-- Whom listed records look like, of the records that arrived or changed; open hits of theirs that no longer hold go.
WITH gone AS (
    DELETE FROM watch_hit
    WHERE (record_id = ANY(%(records)s::bigint[]) OR listed_id = ANY(%(records)s::bigint[])) AND state = 'open'
      AND (listed_id, record_id) NOT IN (SELECT * FROM unnest(%(listed)s::bigint[], %(similar)s::bigint[]))
)
INSERT INTO watch_hit (listed_id, record_id, weight, levels, model_hash, state, found_at)
SELECT listed_id, record_id, weight, levels, %(model)s, 'open', %(at)s
FROM unnest(%(listed)s::bigint[], %(similar)s::bigint[], %(weights)s::float8[], %(levels)s::bytea[])
     AS hit(listed_id, record_id, weight, levels)
ON CONFLICT (listed_id, record_id) DO UPDATE
SET weight = excluded.weight, levels = excluded.levels, model_hash = excluded.model_hash
