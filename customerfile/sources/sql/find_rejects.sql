-- What a delivery refused, in the order in which it was written down.
SELECT id, line, scope, key, field, text, reason, remedy
FROM reject WHERE delivery_id = %s AND id > %s ORDER BY id LIMIT %s
