-- The hashes of what somebody did, in the order in which they are sealed.
SELECT row_hash FROM audit_entry
WHERE transaction >= %(from)s AND transaction < %(below)s
ORDER BY transaction, id
