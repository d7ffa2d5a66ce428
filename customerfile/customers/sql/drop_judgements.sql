-- Judgements and relationships of records that are taken back go with them; tells how many judgements stood.
WITH verdicts AS (
    DELETE FROM pair_verdict WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
), relationships AS (
    DELETE FROM relationship WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
), gone AS (
    DELETE FROM judgement WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
    RETURNING withdrawn_at IS NULL AS stood
)
SELECT count(*) FROM gone WHERE stood
