-- A record's present link and the scored pair that holds it.
SELECT link.cause, link.weight, link.model_hash, source.key, other.key, scored_pair.levels, scored_pair.model_hash
FROM link
LEFT JOIN record AS other ON other.id = link.matched_record_id
LEFT JOIN source ON source.id = other.source_id
LEFT JOIN scored_pair
       ON scored_pair.left_id = least(link.record_id, link.matched_record_id)
      AND scored_pair.right_id = greatest(link.record_id, link.matched_record_id)
      AND link.matched_record_id IS NOT NULL
WHERE link.record_id = %s AND link.valid_to IS NULL
