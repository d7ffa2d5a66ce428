-- How many rows of a ledger stand in one month.
SELECT count(*) FROM {ledger} WHERE at >= %(from)s AND at < %(to)s
