-- A chunk's line in the ledger, and its counts added to the delivery's.
WITH ledger AS (
    INSERT INTO delivery_chunk (delivery_id, number, rows, committed_at)
    VALUES (%(delivery)s, %(number)s, %(rows)s, %(at)s)
)
UPDATE delivery SET rows = rows + %(rows)s, created = created + %(created)s, updated = updated + %(updated)s,
       unchanged = unchanged + %(unchanged)s, rejected = rejected + %(rejected)s,
       customers_created = customers_created + %(customers_created)s,
       records_joined = records_joined + %(records_joined)s, customers_merged = customers_merged + %(customers_merged)s,
       value_faults = value_faults + %(value_faults)s, nobody_rows = nobody_rows + %(nobody_rows)s,
       quarantined = quarantined + %(quarantined)s
WHERE id = %(delivery)s
