-- How many active customers there are: counted while they are few, else as the planner estimates it: as many on a page
-- as when it last looked, times the pages there are now.
SELECT (SELECT count(*) FROM (SELECT 1 FROM customer WHERE state = 'active' ORDER BY sort_name, id LIMIT %(few)s) AS few),
       (SELECT (reltuples / greatest(relpages, 1) * (pg_relation_size(oid) / current_setting('block_size')::bigint))::bigint
        FROM pg_class WHERE oid = 'customer_list_order'::regclass)
