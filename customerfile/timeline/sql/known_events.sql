-- The events of one source under the given keys.
SELECT key, event_id, occurred_at, digest, version, delivery_id, rows FROM event_key WHERE source_id = %s AND key = ANY(%s)
