-- Stored words that may answer typed ones: by equality, by a shared spelling variant, by their beginning. With each the
-- first and last customers that have it: how many there are, and over which range of ids, from which the rest is estimated.
WITH spelled AS (
    SELECT ask.number, token.id, token.token
    FROM unnest(%(numbers)s::int[], %(texts)s::text[]) AS ask(number, text)
    CROSS JOIN LATERAL (SELECT id, token FROM name_token WHERE name_token.token = ask.text) AS token
), slipped AS (
    SELECT DISTINCT ask.word, near.token_id
    FROM unnest(%(slip_words)s::int[], %(variants)s::bigint[]) AS ask(word, variant)
    CROSS JOIN LATERAL (SELECT token_id FROM token_variant WHERE token_variant.variant = ask.variant LIMIT 200) AS near
), begun AS (
    SELECT id, token FROM (
        SELECT id, token FROM name_token
        WHERE token > %(beginning)s AND token < %(beginning)s || chr(1114111) AND %(beginning)s <> ''
        ORDER BY token LIMIT 1000
    ) AS range ORDER BY id LIMIT 20
), answer AS (
    SELECT 'spelled' AS how, number, id, token FROM spelled
    UNION ALL
    SELECT 'slipped', word, token.id, token.token
    FROM slipped CROSS JOIN LATERAL (SELECT id, token FROM name_token WHERE name_token.id = slipped.token_id) AS token
    UNION ALL
    SELECT 'begun', 0, id, token FROM begun
)
SELECT answer.how, answer.number, answer.id, answer.token, place.place,
       head.customers, head.first, head.last, tail.first, tail.last
FROM answer
CROSS JOIN (VALUES (false), (true)) AS place(place)
CROSS JOIN LATERAL (
    SELECT count(*) AS customers, min(customer_id) AS first, max(customer_id) AS last FROM (
        SELECT customer_id FROM posting WHERE posting.token_id = answer.id AND posting.place = place.place
        ORDER BY customer_id LIMIT %(sample)s
    ) AS few
) AS head
LEFT JOIN LATERAL (
    SELECT min(customer_id) AS first, max(customer_id) AS last FROM (
        SELECT customer_id FROM posting
        WHERE posting.token_id = answer.id AND posting.place = place.place AND head.customers = %(sample)s
        ORDER BY customer_id DESC LIMIT %(sample)s
    ) AS few
) AS tail ON true
WHERE head.customers > 0
