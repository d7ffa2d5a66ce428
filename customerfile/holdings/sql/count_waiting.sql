-- How many roles wait for their holder.
SELECT count(*)
FROM agreement_role JOIN source ON source.id = agreement_role.source_id
WHERE record_id IS NULL AND (%(source)s::text IS NULL OR source.key = %(source)s)
