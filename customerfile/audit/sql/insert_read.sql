-- Whom somebody saw on a page. A transaction of its own that does not wait for the disk: what a crash of the database
-- server may lose is the last moments' lines. Changes, exports and reveals wait.
INSERT INTO read_entry (at, by, page, customer_ids)
SELECT %(at)s, %(by)s, %(page)s, %(customers)s::bigint[]
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS lazily
