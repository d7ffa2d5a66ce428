-- Give records other comparison inputs, where they are others.
UPDATE record SET prepared = made.prepared
FROM unnest(%s::bigint[], %s::text[]) AS made(id, prepared)
WHERE record.id = made.id AND record.prepared <> made.prepared
