-- How many rows of what somebody did stand in one month.
SELECT count(*) FROM audit_entry WHERE at >= %(from)s AND at < %(to)s
