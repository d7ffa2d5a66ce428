-- Take out events of one source that are replaced or taken back.
DELETE FROM event USING event_key
WHERE event_key.source_id = %(source)s AND event_key.key = ANY(%(keys)s)
  AND event.id = event_key.event_id AND event.occurred_at = event_key.occurred_at
