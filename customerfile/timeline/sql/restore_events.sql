-- Give events back what they said before this delivery replaced it.
WITH old AS (
    SELECT DISTINCT ON (event_version.event_id) event_version.*
    FROM event_version JOIN event_key ON event_key.event_id = event_version.event_id
    WHERE event_version.replaced_by_id = %(delivery)s AND event_version.delivery_id <> %(delivery)s
      AND event_key.source_id = %(source)s
      AND event_key.key = ANY(%(keys)s)
    ORDER BY event_version.event_id, event_version.version DESC
), restored AS (
    INSERT INTO event SELECT (jsonb_populate_record(NULL::event, old.content)).* FROM old
    RETURNING id, occurred_at
)
UPDATE event_key SET occurred_at = restored.occurred_at, digest = old.digest, rows = old.rows,
       delivery_id = old.delivery_id, version = event_key.version + 1
FROM old JOIN restored ON restored.id = old.event_id
WHERE event_key.event_id = old.event_id
