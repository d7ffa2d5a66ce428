-- In DuckDB: households that are new, as pairs of records, the older first. Not those that stand, nor those of which a
-- person has said something.
SELECT least(records.one, records.other) AS "left", greatest(records.one, records.other) AS "right", basis
FROM found
WHERE NOT EXISTS (
    SELECT 1 FROM told
    WHERE told.one = found.one AND told.other = found.other AND (told.decided OR told.basis = found.basis)
)
ORDER BY 1, 2
