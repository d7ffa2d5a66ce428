-- The customers that answer most words, the worthiest answers first. Places in `words` and `worths` are the answers, from 1.
WITH listed AS MATERIALIZED (
    SELECT ask.answer, found.customer_id
    FROM unnest(%(listed)s::int[], %(listed_tokens)s::bigint[], %(listed_places)s::boolean[], %(listed_most)s::int[])
         AS ask(answer, token_id, place, most)
    CROSS JOIN LATERAL (
        SELECT customer_id FROM posting WHERE posting.token_id = ask.token_id AND posting.place = ask.place
        ORDER BY customer_id LIMIT ask.most
    ) AS found
    UNION ALL
    SELECT * FROM unnest(%(hits)s::int[], %(hit_customers)s::bigint[]) AS hit(answer, customer_id)
), seed AS MATERIALIZED (
    SELECT DISTINCT customer_id FROM listed
    WHERE (%(words)s::int[])[answer] = ANY(%(seed_words)s::int[])
), probed AS (
    SELECT ask.answer, seed.customer_id
    FROM unnest(%(probed)s::int[], %(probed_tokens)s::bigint[], %(probed_places)s::boolean[])
         AS ask(answer, token_id, place)
    CROSS JOIN seed
    CROSS JOIN LATERAL (
        SELECT 1 FROM posting
        WHERE posting.token_id = ask.token_id AND posting.place = ask.place AND posting.customer_id = seed.customer_id
        OFFSET 0
    ) AS there
), best AS (
    SELECT customer_id, (%(words)s::int[])[answer] AS word, min(answer) AS answer
    FROM (SELECT * FROM listed UNION ALL SELECT * FROM probed) AS found
    GROUP BY 1, 2
), ranked AS (
    SELECT customer_id, count(*) AS words, sum((%(worths)s::float8[])[answer]) AS worth, array_agg(answer) AS answers
    FROM best GROUP BY customer_id
    ORDER BY 2 DESC, 3 DESC, 1 LIMIT %(limit)s
)
SELECT customer.id, number, kind, display_name, record_count, changed_at,
       golden #> '{address,0}', golden #>> '{email,0,value}', golden #>> '{phone,0,value}',
       ranked.words, ranked.worth, ranked.answers, golden
FROM ranked JOIN customer ON customer.id = ranked.customer_id
ORDER BY ranked.words DESC, ranked.worth DESC, customer.id
