-- Purchases and what was given back, by currency. What was given back is a positive sum, however it was delivered.
SELECT currency, count(*) FILTER (WHERE NOT returned), count(*) FILTER (WHERE returned),
       coalesce(sum(amount) FILTER (WHERE NOT returned), 0), coalesce(sum(abs(amount)) FILTER (WHERE returned), 0),
       min(occurred_at), max(occurred_at)
FROM (
    SELECT currency, amount, occurred_at, name ~ ' (Refunded|Returned|Cancelled)$' OR coalesce(amount < 0, false) AS returned
    FROM event
    WHERE record_id = ANY(%s) AND category = 'purchase' AND name !~ ' Updated$'
) AS purchase
GROUP BY currency
ORDER BY currency
