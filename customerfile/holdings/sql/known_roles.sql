-- What the roles of one source under some kinds and keys say.
SELECT id, kind, key, agreement_key, holder_key, role, valid_from, valid_to
FROM agreement_role
JOIN unnest(%(kinds)s::text[], %(keys)s::text[]) AS wanted(kind, key) USING (kind, key)
WHERE source_id = %(source)s
