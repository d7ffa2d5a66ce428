-- What was said and found of records that are taken back goes with them; tells how many judgements stood.
WITH verdicts AS (
    DELETE FROM pair_verdict WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
), relationships AS (
    DELETE FROM relationship WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
), hits AS (
    DELETE FROM watch_hit WHERE listed_id = ANY(%(ids)s::bigint[]) OR record_id = ANY(%(ids)s::bigint[])
), watch_keys AS (
    DELETE FROM watch_key WHERE record_id = ANY(%(ids)s::bigint[])
), gone AS (
    DELETE FROM judgement WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
    RETURNING withdrawn_at IS NULL AS stood
)
SELECT count(*) FROM gone WHERE stood
