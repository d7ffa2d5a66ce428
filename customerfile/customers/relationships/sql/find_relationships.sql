-- Relationships in one state between two customers, behind an id. Not those proposed of customers about whom a person
-- has said something of the kind already.
SELECT relationship.id, relationship.kind, relationship.state, relationship.basis, relationship.valid_from,
       relationship.valid_to, relationship.note, relationship.decided_by, relationship.decided_at,
       one.id, one.number, one.display_name, other.id, other.number, other.display_name
FROM relationship
JOIN link AS one_link ON one_link.record_id = relationship.left_id AND one_link.valid_to IS NULL
JOIN link AS other_link ON other_link.record_id = relationship.right_id AND other_link.valid_to IS NULL
JOIN customer AS one ON one.id = one_link.customer_id
JOIN customer AS other ON other.id = other_link.customer_id
WHERE relationship.state = %(state)s AND relationship.id > %(after)s AND one.id <> other.id
  AND (relationship.state <> 'proposed' OR NOT EXISTS (
      SELECT FROM link AS left_link
      JOIN relationship AS said ON said.left_id = left_link.record_id
      JOIN link AS right_link ON right_link.record_id = said.right_id AND right_link.valid_to IS NULL
      WHERE left_link.customer_id IN (one.id, other.id) AND left_link.valid_to IS NULL
        AND right_link.customer_id IN (one.id, other.id) AND right_link.customer_id <> left_link.customer_id
        AND said.kind = relationship.kind AND said.state <> 'proposed'
  ))
ORDER BY relationship.id
LIMIT %(limit)s
