-- Of every source: how many records are measured, of how many the source has an older one of the same customer, and how
-- many are old; with some of the customers of each, and when the median record was last said.
WITH measured AS MATERIALIZED (
    SELECT record.id, record.source_id, record.as_of, link.customer_id AS customer, EXISTS (
        SELECT 1 FROM link AS other JOIN record AS older ON older.id = other.record_id
        WHERE other.customer_id = link.customer_id AND other.valid_to IS NULL
          AND older.source_id = record.source_id AND older.id < record.id) AS is_duplicate
    FROM record JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
    WHERE record.source_id = ANY(%(sources)s::bigint[])
      AND (%(records)s::bigint[] IS NULL OR record.id = ANY(%(records)s::bigint[]))
)
SELECT source_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY as_of),
       count(*), count(*) FILTER (WHERE is_duplicate),
       coalesce((array_agg(customer ORDER BY customer) FILTER (WHERE is_duplicate))[1:%(kept)s], '{}'),
       count(*) FILTER (WHERE as_of < %(since)s),
       coalesce((array_agg(customer ORDER BY as_of, customer) FILTER (WHERE as_of < %(since)s))[1:%(kept)s], '{}')
FROM measured GROUP BY source_id
