-- Hits in one state, the weightiest first: the strongest of a listed record and a customer speaks for the others.
WITH spoken AS (
    SELECT DISTINCT ON (watch_hit.listed_id, link.customer_id) watch_hit.*, link.customer_id
    FROM watch_hit
    JOIN link ON link.record_id = watch_hit.record_id AND link.valid_to IS NULL
    ORDER BY watch_hit.listed_id, link.customer_id, watch_hit.weight DESC, watch_hit.state = 'open',
             decided_at DESC NULLS LAST, watch_hit.id
)
SELECT spoken.id, spoken.state, spoken.weight, spoken.found_at, spoken.decided_by, spoken.decided_at,
       list.kind, list.name, list.key || '/' || listed.key, listed.canonical, own.key || '/' || record.key,
       customer.id, customer.number, customer.display_name, spoken.levels, spoken.model_hash
FROM spoken
JOIN record AS listed ON listed.id = spoken.listed_id
JOIN source AS list ON list.id = listed.source_id
JOIN record ON record.id = spoken.record_id
JOIN source AS own ON own.id = record.source_id
JOIN customer ON customer.id = spoken.customer_id
WHERE spoken.state = %(state)s
ORDER BY spoken.weight DESC, spoken.id
LIMIT %(limit)s
