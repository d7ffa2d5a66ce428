-- The ids of words, made where nobody had the word before (true). A word that another writer adds meanwhile is left out.
WITH known AS MATERIALIZED (
    SELECT token, id FROM name_token WHERE token = ANY(%(words)s)
), added AS (
    INSERT INTO name_token (token)
    SELECT word FROM unnest(%(words)s::text[]) AS word WHERE word NOT IN (SELECT token FROM known) ORDER BY word
    ON CONFLICT (token) DO NOTHING
    RETURNING token, id
)
SELECT token, id, false FROM known
UNION ALL
SELECT token, id, true FROM added
