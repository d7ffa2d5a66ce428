-- Take words of customers out of the search index.
DELETE FROM posting USING unnest(%s::bigint[], %s::boolean[], %s::bigint[]) AS gone(token_id, place, customer_id)
WHERE posting.token_id = gone.token_id AND posting.place = gone.place AND posting.customer_id = gone.customer_id
