-- Events in quarantine by source, name and reason, each group with its oldest event; of one event, its group alone.
SELECT grouped.source_id, source.key, example.remedy, grouped.count, grouped.since, grouped.latest,
       example.id, example.key, example.line, example.customer_key, example.name, example.field, example.reason, example.said
FROM (
    SELECT held.source_id, held.name, held.field, held.reason, count(*) AS count, min(held.id) AS id,
           min(held.since) AS since, max(held.since) AS latest
    FROM quarantined_event AS held
    LEFT JOIN quarantined_event AS named ON named.id = %(event)s
    WHERE held.state = %(state)s
      AND (%(event)s::bigint IS NULL
           OR (named.state = held.state AND named.source_id = held.source_id AND named.name = held.name
               AND named.field = held.field AND named.reason = held.reason))
    GROUP BY held.source_id, held.name, held.field, held.reason
) AS grouped
JOIN quarantined_event AS example ON example.id = grouped.id
JOIN source ON source.id = grouped.source_id
WHERE %(source)s = '' OR source.key = %(source)s
ORDER BY grouped.count DESC, grouped.id
LIMIT %(groups)s
