-- Judgements on records that are taken back go with them.
WITH verdicts AS (
    DELETE FROM pair_verdict WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
)
DELETE FROM judgement WHERE left_id = ANY(%(ids)s::bigint[]) OR right_id = ANY(%(ids)s::bigint[])
