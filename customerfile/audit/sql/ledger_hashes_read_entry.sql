-- The hashes of what somebody saw, in the order in which they are sealed.
SELECT row_hash FROM read_entry
WHERE transaction >= %(from)s AND transaction < %(below)s
ORDER BY transaction, id
