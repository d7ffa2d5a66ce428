-- What people's judgements come to, for every judged pair.
SELECT left_id, right_id, verdict FROM pair_verdict
