-- Of every source: how many records are measured.
SELECT source_id, count(*) FROM record
WHERE source_id = ANY(%(sources)s::bigint[]) AND (%(records)s::bigint[] IS NULL OR id = ANY(%(records)s::bigint[]))
GROUP BY source_id
