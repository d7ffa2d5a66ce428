-- What people did (kind 1) and saw (kind 0), the newest first, of one of them or of all, between two moments, behind a cursor.
WITH done AS (
    SELECT 1 AS kind, id, at, by, code AS what, subject, detail::text AS detail, NULL::bigint[] AS customers
    FROM audit_entry
    WHERE %(did)s AND (%(by)s::text = '' OR by = %(by)s) AND at >= %(since)s AND at < %(until)s
      AND at <= %(at)s AND (at, 1, id) < (%(at)s, %(kind)s, %(id)s)
    ORDER BY at DESC, id DESC LIMIT %(limit)s
), seen AS (
    SELECT 0 AS kind, id, at, by, page AS what, '' AS subject, '{}' AS detail, customer_ids AS customers
    FROM read_entry
    WHERE %(saw)s AND (%(by)s::text = '' OR by = %(by)s) AND at >= %(since)s AND at < %(until)s
      AND at <= %(at)s AND (at, 0, id) < (%(at)s, %(kind)s, %(id)s)
    ORDER BY at DESC, id DESC LIMIT %(limit)s
)
SELECT * FROM done UNION ALL SELECT * FROM seen
ORDER BY at DESC, kind DESC, id DESC LIMIT %(limit)s
