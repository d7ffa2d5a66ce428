-- Exports of many rows and alarms about many reads, by others, of which somebody has not taken note; the newest first.
SELECT entry.id, entry.at, entry.by, entry.code, entry.subject, entry.detail::text
FROM audit_entry AS entry
WHERE entry.at >= %(since)s AND entry.by <> %(by)s
  AND entry.code IN ('customers.file.exported', 'customers.links.exported', 'sources.rejects.exported',
                     'audit.ledger.exported', 'audit.reads.many')
  AND (entry.code = %(many_seen)s OR (entry.detail ->> 'count')::bigint > %(above)s)
  AND NOT EXISTS (
    SELECT FROM audit_entry AS taken
    WHERE taken.subject = 'audit_entry:' || entry.id AND taken.code = %(taken_note)s AND taken.by = %(by)s
  )
ORDER BY entry.at DESC, entry.id DESC LIMIT %(limit)s
