-- In DuckDB: proposed households that no longer show. One between records of one customer waits for a split.
SELECT id FROM told
WHERE NOT decided AND one <> other AND (
    NOT EXISTS (
        SELECT 1 FROM found
        WHERE found.one = told.one AND found.other = told.other AND found.basis = told.basis
    )
    OR EXISTS (
        SELECT 1 FROM told AS said WHERE said.decided AND said.one = told.one AND said.other = told.other
    )
)
