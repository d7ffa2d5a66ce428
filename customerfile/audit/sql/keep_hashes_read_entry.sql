-- Keep the hashes of a batch's rows of one month of what somebody saw, for the rows of other months that it holds too.
INSERT INTO purged_row (ledger, transaction, row_id, row_hash)
SELECT 'read_entry', transaction, id, row_hash FROM read_entry
WHERE transaction >= %(above)s AND transaction < %(below)s AND at >= %(from)s AND at < %(to)s
