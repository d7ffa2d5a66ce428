-- Write corrections; those that stood on the same records for the same fields end, and are named.
WITH new AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS rows(record_id bigint, field text, value jsonb, set_aside jsonb,
           was jsonb)
), ended AS (
    UPDATE correction SET ended_at = %(at)s, ended_by = %(by)s
    FROM new
    WHERE correction.record_id = new.record_id AND correction.field = new.field AND ended_at IS NULL
    RETURNING correction.id, correction.record_id, correction.field
), made AS (
    INSERT INTO correction (record_id, field, value, set_aside, was, note, by, at)
    SELECT record_id, field, nullif(value, 'null'), set_aside, nullif(was, 'null'), %(note)s, %(by)s, %(at)s
    FROM new WHERE (SELECT count(*) FROM ended) >= 0
    RETURNING id, field, record_id
)
SELECT made.id, made.field, made.record_id, ended.id
FROM made LEFT JOIN ended USING (record_id, field)
ORDER BY made.id
