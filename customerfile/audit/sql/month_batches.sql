-- Of one month of a ledger: per batch, how many rows stand in the month, in the whole ledger, and as a hash alone.
WITH month AS (
    SELECT min(transaction) AS first, max(transaction) AS last FROM {ledger} WHERE at >= %(from)s AND at < %(to)s
), batch AS (
    SELECT number, sealed_at, {count} AS sealed, below,
           coalesce(lag(below) OVER (ORDER BY number), -9223372036854775808) AS above
    FROM audit_seal
)
SELECT batch.number, batch.sealed_at, batch.sealed, batch.above, batch.below, here.rows, everywhere.rows, hashes.rows
FROM month, batch
CROSS JOIN LATERAL (
    SELECT count(*) AS rows FROM {ledger}
    WHERE transaction >= batch.above AND transaction < batch.below AND at >= %(from)s AND at < %(to)s
) AS here
CROSS JOIN LATERAL (
    SELECT count(*) AS rows FROM {ledger} WHERE transaction >= batch.above AND transaction < batch.below
) AS everywhere
CROSS JOIN LATERAL (
    SELECT count(*) AS rows FROM purged_row
    WHERE ledger = {name} AND transaction >= batch.above AND transaction < batch.below
) AS hashes
WHERE batch.below > month.first AND batch.above <= month.last AND here.rows > 0
ORDER BY batch.number
