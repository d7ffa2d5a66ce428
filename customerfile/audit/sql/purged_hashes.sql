-- The hashes that are kept of a ledger's purged rows, in the order in which they were sealed.
SELECT row_id, transaction, row_hash FROM purged_row
WHERE ledger = %(ledger)s AND transaction < %(below)s
ORDER BY transaction, row_id
