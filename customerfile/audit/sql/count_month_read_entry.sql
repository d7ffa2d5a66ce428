-- How many rows of what somebody saw stand in one month.
SELECT count(*) FROM read_entry WHERE at >= %(from)s AND at < %(to)s
