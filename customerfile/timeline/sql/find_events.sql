-- A page of the events of some records, the newest first.
SELECT event.id, occurred_at, event.name, category, amount, currency, quantity, properties, source.key, event.key
FROM event JOIN source ON source.id = event.source_id
WHERE record_id = ANY(%(records)s) AND occurred_at <= %(until)s AND (occurred_at, event.id) < (%(until)s, %(below)s)
ORDER BY occurred_at DESC, event.id DESC
LIMIT %(rows)s
