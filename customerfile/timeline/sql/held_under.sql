-- What the quarantine has of a source under the given keys, the oldest first.
SELECT key, id, digest, state FROM quarantined_event WHERE source_id = %s AND key = ANY(%s) ORDER BY id
