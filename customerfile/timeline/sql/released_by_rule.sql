-- Keys of the events that a rule released, by the delivery they were released in.
SELECT released_in_id, key FROM quarantined_event
WHERE source_id = %(source)s AND state = 'released' AND mended_by @> ARRAY[%(rule)s::bigint]
