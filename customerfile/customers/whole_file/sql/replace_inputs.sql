-- Give records other comparison inputs, where they are others.
UPDATE comparison_input SET prepared = made.prepared
FROM unnest(%s::bigint[], %s::text[]) AS made(id, prepared)
WHERE comparison_input.record_id = made.id AND comparison_input.prepared <> made.prepared
