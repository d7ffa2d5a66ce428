-- End the present links of these records.
UPDATE link SET valid_to = greatest(%(at)s, valid_from) WHERE record_id = ANY(%(ids)s) AND valid_to IS NULL
