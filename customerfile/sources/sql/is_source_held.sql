-- Whether somebody holds the source of a delivery.
SELECT EXISTS (
    SELECT 1 FROM pg_locks, delivery
    WHERE delivery.id = %(delivery)s AND locktype = 'advisory' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND classid::bigint = %(kind)s AND objid::bigint = delivery.source_id
)
