-- Every record of these sources.
SELECT id FROM record WHERE source_id = ANY(%(sources)s::bigint[])
