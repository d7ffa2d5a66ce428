-- What is written of customers that are named, or that these records stand under.
SELECT customer.id, golden, provenance, golden_since, name_tokens, place_tokens,
       (SELECT json_agg(json_build_array(channel, value, use, status, confirmed_at))::text FROM contact_point
        WHERE contact_point.customer_id = customer.id),
       (SELECT json_agg(json_build_array(channel, value, '', status, confirmed_at))::text FROM kept_contact
        WHERE kept_contact.customer_id = customer.id),
       (SELECT json_agg(json_build_array(digest, field, scheme, shown))::text FROM identifier
        WHERE identifier.customer_id = customer.id)
FROM (
    SELECT unnest(%(customers)s::bigint[]) AS id
    UNION
    SELECT customer_id FROM link WHERE record_id = ANY(%(records)s::bigint[]) AND valid_to IS NULL
) AS wanted JOIN customer ON customer.id = wanted.id
