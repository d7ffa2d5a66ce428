-- Keep what events said before they are replaced.
INSERT INTO event_version (event_id, version, record_id, content, digest, rows, delivery_id, replaced_by_id)
SELECT event.id, event_key.version, event.record_id, to_jsonb(event), event_key.digest, event_key.rows,
       event_key.delivery_id, %(delivery)s
FROM event_key JOIN event ON event.id = event_key.event_id AND event.occurred_at = event_key.occurred_at
WHERE event_key.source_id = %(source)s AND event_key.key = ANY(%(keys)s)
