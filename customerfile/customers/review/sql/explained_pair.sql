-- Two records as an explanation needs them: names, comparison inputs, customers; with what is stored of the pair.
SELECT record.id, source.key, record.key, comparison_input.prepared, customer.id, customer.number,
       scored_pair.levels, scored_pair.model_hash, pair_verdict.verdict
FROM record
JOIN comparison_input ON comparison_input.record_id = record.id
JOIN source ON source.id = record.source_id
JOIN link ON link.record_id = record.id AND link.valid_to IS NULL
JOIN customer ON customer.id = link.customer_id
LEFT JOIN scored_pair ON scored_pair.left_id = %(left)s AND scored_pair.right_id = %(right)s
LEFT JOIN pair_verdict ON pair_verdict.left_id = %(left)s AND pair_verdict.right_id = %(right)s
WHERE record.id IN (%(left)s, %(right)s)
ORDER BY record.id
