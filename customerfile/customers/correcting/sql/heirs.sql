-- Of records that are about to go and hang corrections: the oldest record that stays with their customer, if any does.
SELECT correction.record_id, min(fellow.record_id)
FROM correction
LEFT JOIN link ON link.record_id = correction.record_id AND link.valid_to IS NULL
LEFT JOIN link AS fellow ON fellow.customer_id = link.customer_id AND fellow.valid_to IS NULL
                        AND fellow.record_id <> ALL(%(gone)s::bigint[])
WHERE correction.record_id = ANY(%(gone)s::bigint[])
GROUP BY correction.record_id
