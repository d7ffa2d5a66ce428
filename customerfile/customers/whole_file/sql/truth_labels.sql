-- Customer and entity of each compared record, eight bytes each, a million records in a row of the answer.
SELECT string_agg(int8send(customer_id) || int8send(entity), ''::bytea)
FROM compared_record
GROUP BY record_id / 1000000
