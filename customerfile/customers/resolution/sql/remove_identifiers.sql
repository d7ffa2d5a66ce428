-- Take out identifiers that no record of their customer names any more.
DELETE FROM identifier USING unnest(%s::bigint[], %s::bigint[]) AS gone(customer_id, digest)
WHERE identifier.customer_id = gone.customer_id AND identifier.digest = gone.digest
