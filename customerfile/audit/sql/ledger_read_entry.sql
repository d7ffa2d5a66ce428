-- What somebody saw, as it is hashed, in the order in which it is sealed, from one transaction up to below another.
SELECT id, transaction, row_hash, (extract(epoch FROM at) * 1000000)::bigint, by, page, customer_ids::text
FROM read_entry
WHERE transaction >= %(from)s AND transaction < %(below)s
ORDER BY transaction, id
