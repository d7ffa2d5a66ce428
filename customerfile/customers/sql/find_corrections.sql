-- What people corrected on these records: what stands, or stood at a moment, the latest first.
SELECT id, field, value, was, note, by, at FROM correction
WHERE record_id = ANY(%(records)s::bigint[])
  AND CASE WHEN %(on)s::timestamptz IS NULL THEN ended_at IS NULL
           ELSE at <= %(on)s AND (ended_at IS NULL OR ended_at > %(on)s) END
ORDER BY at DESC, id DESC
