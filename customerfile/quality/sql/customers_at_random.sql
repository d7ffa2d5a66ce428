-- So many active customers, any alike.
SELECT id FROM customer WHERE state = 'active' ORDER BY random() LIMIT %(most)s
