-- What the file said of customers before, the latest first, as far back as a few changes.
SELECT past.customer_id, past.golden, past.provenance, past.valid_from
FROM unnest(%s::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
    SELECT * FROM golden_history WHERE golden_history.customer_id = wanted.id ORDER BY valid_to DESC, id DESC LIMIT 50
) AS past
