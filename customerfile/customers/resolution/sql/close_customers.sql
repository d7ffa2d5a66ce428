-- A number that nobody stands under any more: it points to its survivor, or is withdrawn.
UPDATE customer SET state = CASE WHEN gone.survivor IS NULL THEN 'withdrawn' ELSE 'merged' END,
       merged_into_id = gone.survivor, golden = '{}', provenance = '{}', golden_since = %(at)s, record_count = 0,
       display_name = '', sort_name = '', name_tokens = '{}', place_tokens = '{}', branches = '{}', changed_at = %(at)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS gone(id bigint, survivor bigint)
WHERE customer.id = gone.id
