-- The identifiers of these customers.
SELECT customer_id, digest, field, scheme, shown FROM identifier WHERE customer_id = ANY(%s)
