-- Keep the hashes of a batch's rows of one month, for the rows of other months that it holds too.
INSERT INTO purged_row (ledger, transaction, row_id, row_hash)
SELECT {name}, transaction, id, row_hash FROM {ledger}
WHERE transaction >= %(above)s AND transaction < %(below)s AND at >= %(from)s AND at < %(to)s
