-- Numbers that these records once stood under and that no record stands under now: they are taken up again.
SELECT DISTINCT ON (link.record_id) link.record_id, link.customer_id
FROM link JOIN customer ON customer.id = link.customer_id
WHERE link.record_id = ANY(%s) AND link.valid_to IS NOT NULL AND customer.state <> 'active'
ORDER BY link.record_id, link.valid_from DESC, link.id DESC
