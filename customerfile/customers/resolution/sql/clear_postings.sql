-- Take every word of these customers out of the search index.
DELETE FROM posting USING (
    SELECT unnest(name_tokens) AS token_id, false AS place, id FROM customer WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT unnest(place_tokens), true, id FROM customer WHERE id = ANY(%(ids)s)
) AS gone
WHERE posting.token_id = gone.token_id AND posting.place = gone.place AND posting.customer_id = gone.id
