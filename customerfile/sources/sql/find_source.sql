-- What is known of a source, by its key.
SELECT id, priority, one_record_per_customer, kind FROM source WHERE key = %s
