-- The same about some customers: what was done to what is theirs or names them, and who saw them.
WITH done AS (
    SELECT 1 AS kind, id, at, by, code AS what, subject, detail::text AS detail, NULL::bigint[] AS customers
    FROM audit_entry
    WHERE %(did)s AND (%(by)s::text = '' OR by = %(by)s) AND at >= %(since)s AND at < %(until)s
      AND (at, 1, id) < (%(at)s, %(kind)s, %(id)s)
      AND (id, at) IN (
        SELECT id, at FROM audit_entry WHERE subject = ANY(%(subjects)s)
        UNION
        SELECT id, at FROM audit_entry WHERE detail ? 'customers'
          AND (detail -> 'customers' ?| %(numbers)s::text[] OR detail -> 'customers' @> ANY(%(ids_as_json)s::jsonb[]))
      )
    ORDER BY at DESC, id DESC LIMIT %(limit)s
), seen AS (
    SELECT 0 AS kind, id, at, by, page AS what, '' AS subject, '{}' AS detail, customer_ids AS customers
    FROM read_entry
    WHERE %(saw)s AND (%(by)s::text = '' OR by = %(by)s) AND at >= %(since)s AND at < %(until)s
      AND (at, 0, id) < (%(at)s, %(kind)s, %(id)s)
      AND customer_ids && %(ids)s::bigint[]
    ORDER BY at DESC, id DESC LIMIT %(limit)s
)
SELECT * FROM done UNION ALL SELECT * FROM seen
ORDER BY at DESC, kind DESC, id DESC LIMIT %(limit)s
