-- The notes in which somebody is mentioned and that they have not put aside, the newest first, each with its customer.
SELECT note.id, note.at, note.text, note.by, note.edited_at, note.mentioned, link.customer_id
FROM note JOIN link ON link.record_id = note.record_id AND link.valid_to IS NULL
WHERE note.mentioned @> ARRAY[%(name)s] AND NOT note.done_by @> ARRAY[%(name)s]
ORDER BY note.at DESC, note.id DESC
LIMIT %(rows)s
