-- What there is on the timeline of some records, by type; of purchases also by currency, sign and, lately, by month.
SELECT name, category, money, is_negative, month, count(*), count(amount), sum(amount), min(occurred_at), max(occurred_at),
       max(occurred_at) FILTER (WHERE occurred_at <= now()), min(occurred_at) FILTER (WHERE occurred_at > now())
FROM (
    SELECT name, category, amount, occurred_at,
           CASE WHEN category = 'purchase' THEN currency ELSE '' END AS money,
           category = 'purchase' AND coalesce(amount < 0, false) AS is_negative,
           CASE WHEN category = 'purchase' AND occurred_at >= %(lately)s
                THEN date_trunc('month', occurred_at AT TIME ZONE %(zone)s)::date END AS month
    FROM event
    WHERE record_id = ANY(%(records)s::bigint[])
) AS event
GROUP BY name, category, money, is_negative, month
UNION ALL
SELECT 'Note Added', 'note', '', false, NULL, count(*), 0, NULL, min(at), max(at), max(at), NULL
FROM note
WHERE record_id = ANY(%(records)s::bigint[])
HAVING count(*) > 0
ORDER BY 3, 1
