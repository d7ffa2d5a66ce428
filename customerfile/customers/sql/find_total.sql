-- How many active customers there are: counted while they are few, else as the planner last estimated it.
SELECT (SELECT count(*) FROM (SELECT 1 FROM customer WHERE state = 'active' ORDER BY sort_name, id LIMIT %(few)s) AS few),
       (SELECT reltuples::bigint FROM pg_class WHERE oid = 'customer_list_order'::regclass)
