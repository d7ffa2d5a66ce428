-- Take customers out of the search index.
DELETE FROM posting USING (
    SELECT id, false AS place, unnest(name_tokens) AS token_id FROM customer WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT id, true, unnest(place_tokens) FROM customer WHERE id = ANY(%(ids)s)
) AS gone
WHERE posting.token_id = gone.token_id AND posting.place = gone.place AND posting.customer_id = gone.id
