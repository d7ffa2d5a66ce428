-- The months of a ledger, the oldest first: the name of the partition alone.
SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = %(ledger)s::regclass AND relname ~ '_[0-9]{4}_[0-9]{2}$'
ORDER BY relname
