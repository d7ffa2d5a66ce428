-- What waits of a source, behind one event, the oldest first.
SELECT id, key, line, customer_key, name, field, reason, said
FROM quarantined_event
WHERE source_id = %(source)s AND state = 'waiting' AND id > %(after)s AND (%(any)s OR name = ANY(%(names)s::text[]))
ORDER BY id
LIMIT %(rows)s
