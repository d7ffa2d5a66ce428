-- Who saw more different customers within a time than a number, and was not noticed for it in that time already.
SELECT pages.by, count(DISTINCT customer), count(DISTINCT pages.id)
FROM read_entry AS pages CROSS JOIN LATERAL unnest(pages.customer_ids) AS customer
WHERE pages.at > %(since)s AND pages.at <= %(until)s
GROUP BY pages.by
HAVING count(DISTINCT customer) > %(above)s AND NOT EXISTS (
    SELECT FROM audit_entry AS noticed
    WHERE noticed.by = pages.by AND noticed.at > %(since)s AND noticed.code = %(many_seen)s
)
ORDER BY pages.by
