-- Take out identifiers before they are written anew.
DELETE FROM identifier WHERE customer_id = ANY(%s)
