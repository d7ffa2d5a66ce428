-- Households that are written, with the customers they hold between, the older number first.
SELECT relationship.id, least(one.customer_id, other.customer_id), greatest(one.customer_id, other.customer_id),
       relationship.state <> 'proposed', relationship.basis
FROM relationship
JOIN link AS one ON one.record_id = relationship.left_id AND one.valid_to IS NULL
JOIN link AS other ON other.record_id = relationship.right_id AND other.valid_to IS NULL
WHERE relationship.kind = 'household'
