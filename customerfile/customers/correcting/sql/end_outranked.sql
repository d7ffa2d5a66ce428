-- Where several corrections of a field come to hang on one record, the latest stands.
WITH heir AS (
    SELECT * FROM unnest(%(gone)s::bigint[], %(heirs)s::bigint[]) AS pairs(gone, heir)
), place AS (
    SELECT gone AS record_id, heir FROM heir UNION SELECT heir, heir FROM heir
), ranked AS (
    SELECT id, row_number() OVER (PARTITION BY heir, field ORDER BY at DESC, id DESC) AS rank
    FROM correction JOIN place USING (record_id) WHERE ended_at IS NULL
)
UPDATE correction SET ended_at = %(at)s, ended_by = %(by)s
FROM ranked WHERE ranked.id = correction.id AND rank > 1
