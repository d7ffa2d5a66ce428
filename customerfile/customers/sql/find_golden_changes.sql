-- Moments at which the golden record of some customers became another, with what it said before and after, and who brought
-- judged or corrected what stands under them at that moment; the newest first.
SELECT past.customer_id, past.valid_to, past.golden, past.provenance,
       coalesce(follower.golden, customer.golden), coalesce(follower.provenance, customer.provenance), cause.by, cause.delivery_id
FROM golden_history AS past
JOIN customer ON customer.id = past.customer_id
LEFT JOIN LATERAL (
    SELECT golden, provenance FROM golden_history AS later
    WHERE later.customer_id = past.customer_id AND (later.valid_from, later.id) > (past.valid_from, past.id)
    ORDER BY later.valid_from, later.id LIMIT 1
) AS follower ON true
LEFT JOIN LATERAL (
    WITH under AS (SELECT DISTINCT record_id FROM link WHERE link.customer_id = past.customer_id)
    SELECT act.by, NULL::bigint AS delivery_id FROM judgement_act AS act
    JOIN judgement ON judgement.act_id = act.id
    WHERE act.at = past.valid_to AND (judgement.left_id IN (TABLE under) OR judgement.right_id IN (TABLE under))
    UNION ALL
    SELECT act.withdrawn_by, NULL FROM judgement_act AS act
    JOIN judgement ON judgement.act_id = act.id
    WHERE act.withdrawn_at = past.valid_to AND (judgement.left_id IN (TABLE under) OR judgement.right_id IN (TABLE under))
    UNION ALL
    SELECT by, NULL FROM correction WHERE correction.record_id IN (TABLE under) AND correction.at = past.valid_to
    UNION ALL
    SELECT ended_by, NULL FROM correction WHERE correction.record_id IN (TABLE under) AND correction.ended_at = past.valid_to
    UNION ALL
    SELECT delivery.by, delivery.id FROM record JOIN delivery ON delivery.id = record.delivery_id
    WHERE record.id IN (TABLE under) AND record.changed_at = past.valid_to
    UNION ALL
    SELECT delivery.by, delivery.id FROM record_version JOIN delivery ON delivery.id = record_version.delivery_id
    WHERE record_version.record_id IN (TABLE under) AND record_version.valid_from = past.valid_to
    LIMIT 1
) AS cause ON true
WHERE past.customer_id = ANY(%(ids)s) AND past.valid_to > %(after)s AND past.valid_to <= %(until)s
  AND (%(branches)s::text[] IS NULL OR customer.branches && %(branches)s::text[])
  AND (%(by)s::text = '' OR cause.by = %(by)s)
ORDER BY past.valid_to DESC, past.customer_id DESC, past.id DESC LIMIT %(limit)s
