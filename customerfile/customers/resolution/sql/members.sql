-- All records that stand under the customers of these records, and since when; the source where it has one each; and
-- the corrections that hang on the record.
SELECT fellow.record_id, fellow.customer_id, fellow.valid_from, record.canonical, source.priority, record.as_of,
       comparison_input.prepared, CASE WHEN source.one_record_per_customer THEN source.id END,
       (SELECT json_agg(json_build_array(correction.id, field, value, set_aside, at))::text FROM correction
        WHERE correction.record_id = fellow.record_id AND ended_at IS NULL)
FROM (SELECT DISTINCT customer_id FROM link WHERE record_id = ANY(%s) AND valid_to IS NULL) AS here
JOIN link AS fellow ON fellow.customer_id = here.customer_id AND fellow.valid_to IS NULL
JOIN record ON record.id = fellow.record_id
JOIN comparison_input ON comparison_input.record_id = fellow.record_id
JOIN source ON source.id = record.source_id
