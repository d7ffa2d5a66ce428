-- What a delivery did to events: 'remove', 'restore', or 'left' because a later delivery replaced it.
SELECT event_key.source_id, event_key.key, 'remove' AS action FROM event_key
WHERE delivery_id = %(delivery)s AND (%(all)s OR event_key.key = ANY(%(keys)s::text[]))
  AND NOT EXISTS (SELECT 1 FROM event_version WHERE event_version.event_id = event_key.event_id
                  AND event_version.replaced_by_id = %(delivery)s)
UNION ALL
SELECT event_key.source_id, event_key.key, 'restore' FROM event_key
WHERE delivery_id = %(delivery)s AND (%(all)s OR event_key.key = ANY(%(keys)s::text[]))
  AND EXISTS (SELECT 1 FROM event_version WHERE event_version.event_id = event_key.event_id
              AND event_version.replaced_by_id = %(delivery)s)
UNION ALL
SELECT event_key.source_id, event_key.key, 'left' FROM event_version
JOIN event_key ON event_key.event_id = event_version.event_id
WHERE event_version.delivery_id = %(delivery)s AND event_key.delivery_id <> %(delivery)s
  AND event_version.replaced_by_id <> %(delivery)s AND (%(all)s OR event_key.key = ANY(%(keys)s::text[]))
