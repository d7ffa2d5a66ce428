-- The compared records of some customers and of some entities.
SELECT source.key, record.key, customer.number, compared.customer_id, compared.entity
FROM compared_record AS compared
JOIN record ON record.id = compared.record_id
JOIN source ON source.id = record.source_id
JOIN customer ON customer.id = compared.customer_id
WHERE compared.customer_id = ANY(%(customers)s::bigint[]) OR compared.entity = ANY(%(entities)s::bigint[])
ORDER BY source.key, record.key
