-- Keep the hashes of a batch's rows of one month of what somebody did, for the rows of other months that it holds too.
INSERT INTO purged_row (ledger, transaction, row_id, row_hash)
SELECT 'audit_entry', transaction, id, row_hash FROM audit_entry
WHERE transaction >= %(above)s AND transaction < %(below)s AND at >= %(from)s AND at < %(to)s
