-- How many values of each field one active customer has at most.
SELECT field.key, max(CASE WHEN jsonb_typeof(field.value) = 'array' THEN jsonb_array_length(field.value) ELSE 1 END)
FROM customer CROSS JOIN LATERAL jsonb_each(golden) AS field
WHERE state = 'active' AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])
GROUP BY field.key
