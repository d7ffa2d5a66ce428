-- Keys of the events that a delivery brought into quarantine and another one released.
SELECT released_in_id, key FROM quarantined_event
WHERE delivery_id = %(delivery)s AND state = 'released' AND released_in_id <> %(delivery)s
