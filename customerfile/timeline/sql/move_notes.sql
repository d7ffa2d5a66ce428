-- Hang the notes on records that are about to go on the oldest that stays with their customer, where one does.
UPDATE note SET record_id = heir.record_id
FROM (
    SELECT link.record_id AS gone, min(fellow.record_id) AS record_id
    FROM link
    JOIN link AS fellow ON fellow.customer_id = link.customer_id AND fellow.valid_to IS NULL
                       AND fellow.record_id <> ALL(%(gone)s::bigint[])
    WHERE link.record_id = ANY(%(gone)s::bigint[]) AND link.valid_to IS NULL
    GROUP BY link.record_id
) AS heir
WHERE note.record_id = heir.gone
