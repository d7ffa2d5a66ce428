-- Remove the agreements that a delivery made; those that it only changed have been given back by now.
DELETE FROM agreement WHERE delivery_id = %(delivery)s RETURNING id
