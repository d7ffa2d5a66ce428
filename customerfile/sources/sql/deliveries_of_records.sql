-- The deliveries that brought these records or changed them since.
SELECT delivery_id FROM record WHERE id = ANY(%(records)s::bigint[])
UNION
SELECT delivery_id FROM record_version WHERE record_id = ANY(%(records)s::bigint[])
ORDER BY delivery_id
