-- The customers that have stored words, within ranges of ids; and which of some of them have further, commoner words.
WITH listed AS MATERIALIZED (
    SELECT ask.answer, ask.word, ask.reach, ask.size, ARRAY(
        SELECT customer_id FROM posting
        WHERE posting.token_id = ask.token_id AND posting.place = ask.place
          AND posting.customer_id BETWEEN ask.low AND ask.high
        ORDER BY customer_id LIMIT ask.most
    ) AS customers
    FROM unnest(%(answers)s::int[], %(words)s::int[], %(tokens)s::bigint[], %(places)s::boolean[], %(lows)s::bigint[],
                %(highs)s::bigint[], %(mosts)s::int[], %(reaches)s::int[], %(sizes)s::int[])
         AS ask(answer, word, token_id, place, low, high, most, reach, size)
), seed AS (
    SELECT word, reach, size, customers FROM listed WHERE reach > 0
    UNION ALL
    SELECT word, 3, 0, array_agg(customer_id)
    FROM unnest(%(hit_customers)s::bigint[], %(hit_words)s::int[]) AS hit(customer_id, word) GROUP BY word
)
SELECT answer, array_send(customers) FROM listed
UNION ALL
SELECT ask.answer, array_send(ARRAY(
    SELECT customer_id FROM posting
    WHERE posting.token_id = ask.token_id AND posting.place = ask.place
      AND posting.customer_id = ANY(ARRAY(
          SELECT unnest(seed.customers) FROM seed
          WHERE seed.word <> ask.word AND seed.reach >= ask.tier AND seed.size <= ask.size
      ))
))
FROM unnest(%(probes)s::int[], %(probe_words)s::int[], %(probe_tokens)s::bigint[], %(probe_places)s::boolean[],
            %(tiers)s::int[], %(probe_sizes)s::int[])
     AS ask(answer, word, token_id, place, tier, size)
