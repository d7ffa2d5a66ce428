-- How many active customers there are, and the highest internal numbers of customers and records.
SELECT (SELECT count(*) FROM customer WHERE state = 'active'),
       (SELECT coalesce(max(id), 0) FROM customer),
       (SELECT coalesce(max(id), 0) FROM record)
