-- Of too many pairs keep about as many as are wanted, the same ones each time.
DELETE FROM pair WHERE hash(left_id, right_id) % $present >= $wanted
