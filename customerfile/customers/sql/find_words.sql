-- Stored words that may answer typed ones: by equality, by a shared spelling variant, by their beginning; how many have them.
WITH spelled AS (
    SELECT ask.number, token.id, token.token
    FROM unnest(%(numbers)s::int[], %(texts)s::text[]) AS ask(number, text)
    CROSS JOIN LATERAL (SELECT id, token FROM name_token WHERE name_token.token = ask.text) AS token
), slipped AS (
    SELECT DISTINCT ask.word, token.id, token.token
    FROM unnest(%(slip_words)s::int[], %(variants)s::bigint[]) AS ask(word, variant)
    CROSS JOIN LATERAL (SELECT token_id FROM token_variant WHERE token_variant.variant = ask.variant LIMIT 300) AS near
    CROSS JOIN LATERAL (SELECT id, token FROM name_token WHERE name_token.id = near.token_id) AS token
), begun AS (
    SELECT id, token FROM (
        SELECT id, token FROM name_token
        WHERE token > %(beginning)s AND token < %(beginning)s || chr(1114111) AND %(beginning)s <> ''
        ORDER BY token LIMIT 2000
    ) AS range ORDER BY id LIMIT 30
), answer AS (
    SELECT 'spelled' AS how, number, id, token FROM spelled
    UNION ALL SELECT 'slipped', word, id, token FROM slipped
    UNION ALL SELECT 'begun', 0, id, token FROM begun
)
SELECT answer.how, answer.number, answer.id, answer.token, place.place, counted.customers
FROM answer
CROSS JOIN (VALUES (false), (true)) AS place(place)
CROSS JOIN LATERAL (
    SELECT count(*) AS customers FROM (
        SELECT 1 FROM posting WHERE posting.token_id = answer.id AND posting.place = place.place LIMIT %(most)s
    ) AS few
) AS counted
WHERE counted.customers > 0
