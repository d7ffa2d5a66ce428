-- A page of what happened with some records and was noted of them, the newest first: of some kinds, in a period, with words.
SELECT page.*
FROM (
    (SELECT event.*, source.key AS source_key
     FROM unnest(%(records)s::bigint[]) AS held(record)
     CROSS JOIN LATERAL (
         SELECT id, occurred_at, name, category, amount, currency, quantity, properties, key, source_id, 0 AS version
         FROM event
         WHERE record_id = held.record AND occurred_at >= %(since)s AND occurred_at <= %(until)s
           AND (occurred_at, id) < (%(until)s, %(below)s)
           AND (%(any_kind)s OR name = ANY(%(kinds)s::text[]))
           AND (%(any_words)s OR NOT EXISTS (
               SELECT FROM jsonb_to_recordset(%(words)s::jsonb) AS word(pattern text, loose text, names text[])
               WHERE NOT (
                   event.name = ANY(word.names) OR event.key ILIKE word.pattern
                   OR coalesce(event.amount::text ILIKE word.pattern, false)
                   OR (event.properties::text ILIKE word.loose AND EXISTS (
                       SELECT FROM jsonb_path_query(event.properties, 'strict $.** ? (@.type() == "string" || @.type() == "number")') AS said
                       WHERE said #>> '{}' ILIKE word.pattern)))))
         ORDER BY occurred_at DESC, id DESC
         LIMIT %(rows)s
     ) AS event
     JOIN source ON source.id = event.source_id)
    UNION ALL
    (SELECT note.id, note.at, 'Note Added', 'note', NULL, '', NULL,
            jsonb_strip_nulls(jsonb_build_object('text', nullif(text, ''), 'agent', by, 'edited_at', edited_at,
                                                 'removed_at', removed_at, 'mentioned', nullif(to_jsonb(mentioned), '[]'),
                                                 'earlier', nullif(earlier, '[]'))),
            note.id::text, 0, note.version, 'staff'
     FROM note
     WHERE record_id = ANY(%(records)s::bigint[]) AND at >= %(since)s AND at <= %(until)s
       AND (at, id) < (%(until)s, %(below)s)
       AND (%(any_kind)s OR 'Note Added' = ANY(%(kinds)s::text[]))
       AND (%(any_words)s OR NOT EXISTS (
           SELECT FROM jsonb_to_recordset(%(words)s::jsonb) AS word(pattern text, loose text, names text[])
           WHERE NOT ('Note Added' = ANY(word.names) OR text ILIKE word.pattern OR by ILIKE word.pattern)))
     ORDER BY note.at DESC, note.id DESC
     LIMIT %(rows)s)
) AS page
ORDER BY occurred_at DESC, id DESC
LIMIT %(rows)s
