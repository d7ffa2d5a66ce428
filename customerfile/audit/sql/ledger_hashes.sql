-- The hashes of a ledger, in the order in which they are sealed.
SELECT row_hash FROM {ledger}
WHERE transaction >= %(from)s AND transaction < %(below)s
ORDER BY transaction, id
