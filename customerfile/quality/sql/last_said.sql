-- Of customers: when a record last said anything of them, or a person corrected or confirmed anything.
-- Those alone who were last heard of before a moment, where one is given.
SELECT customer.id, said.at
FROM customer CROSS JOIN LATERAL (
    SELECT greatest(max(record.as_of), max(correction.at), max(confirmation.at),
                    (SELECT max(confirmed_at) FROM contact_point WHERE contact_point.customer_id = customer.id)) AS at
    FROM link JOIN record ON record.id = link.record_id
    LEFT JOIN correction ON correction.record_id = record.id AND correction.ended_at IS NULL
    LEFT JOIN confirmation ON confirmation.record_id = record.id
    WHERE link.customer_id = customer.id AND link.valid_to IS NULL
) AS said
WHERE customer.state = 'active' AND customer.id = ANY(%(customers)s::bigint[])
  AND (%(since)s::timestamptz IS NULL OR said.at < %(since)s)
ORDER BY said.at, customer.id
