-- The figures of fields in the golden records and of sources as a whole (with a source: those of that source's fields)
-- in the last measurement of every day since a moment.
WITH last_of_day AS (
    SELECT DISTINCT ON (measured_at::date) id, measured_at FROM quality_run
    WHERE measured_at >= %(since)s ORDER BY measured_at::date, measured_at DESC
)
SELECT figure.source, figure.field, figure.measure, array_agg(last_of_day.measured_at ORDER BY last_of_day.measured_at),
       array_agg(figure.value ORDER BY last_of_day.measured_at)
FROM last_of_day JOIN quality_figure AS figure ON figure.run_id = last_of_day.id
WHERE figure.source = %(source)s OR (%(source)s = '' AND figure.field = '')
GROUP BY figure.source, figure.field, figure.measure
