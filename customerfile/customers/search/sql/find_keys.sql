-- Customers that keys lead to: numbers (over every merge), identifiers, record keys, endings of phones, starts of e-mails.
WITH RECURSIVE numbered AS (
    SELECT ask.number AS ask, customer.id, customer.merged_into_id, customer.number, customer.state
    FROM unnest(%(number_asks)s::int[], %(numbers)s::text[]) AS ask(number, text)
    CROSS JOIN LATERAL (SELECT * FROM customer WHERE customer.number = ask.text) AS customer
    UNION ALL
    SELECT ask, customer.id, customer.merged_into_id, numbered.number, customer.state
    FROM numbered JOIN customer ON customer.id = numbered.merged_into_id
)
SELECT ask, id, number FROM numbered WHERE state = 'active'
UNION ALL
SELECT ask.number, found.customer_id, found.shown
FROM unnest(%(digest_asks)s::int[], %(digests)s::bigint[]) AS ask(number, digest)
CROSS JOIN LATERAL (
    SELECT customer_id, field || ' ' || shown AS shown FROM identifier
    WHERE identifier.digest = ask.digest AND (%(fields)s::text[] IS NULL OR field = ANY(%(fields)s::text[]))
    ORDER BY customer_id LIMIT %(most)s
) AS found
UNION ALL
SELECT ask.number, link.customer_id, source.key || ' ' || record.key
FROM unnest(%(record_asks)s::int[], %(record_keys)s::text[]) AS ask(number, key)
CROSS JOIN source
CROSS JOIN LATERAL (
    SELECT id, key FROM record WHERE record.source_id = source.id AND record.key = ask.key
) AS record
CROSS JOIN LATERAL (
    SELECT customer_id FROM link WHERE link.record_id = record.id AND link.valid_to IS NULL
) AS link
UNION ALL
SELECT ask.number, found.customer_id, found.value
FROM unnest(%(contact_asks)s::int[], %(beginnings)s::text[], %(ends)s::text[]) AS ask(number, beginning, behind)
CROSS JOIN LATERAL (
    SELECT customer_id, value FROM contact_point
    WHERE NOT channel = 'postal' AND search >= ask.beginning AND search < ask.behind ORDER BY search LIMIT %(most)s
) AS found
