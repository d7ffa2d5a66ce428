-- Propose households between records that are still there.
INSERT INTO relationship (left_id, right_id, kind, state, basis, note, proposed_by, proposed_at)
SELECT pair.left_id, pair.right_id, 'household', 'proposed', pair.basis, '', %(by)s, %(at)s
FROM unnest(%(lefts)s::bigint[], %(rights)s::bigint[], %(bases)s::text[]) AS pair(left_id, right_id, basis)
JOIN record AS one ON one.id = pair.left_id
JOIN record AS other ON other.id = pair.right_id
ON CONFLICT (left_id, right_id, kind) DO NOTHING
