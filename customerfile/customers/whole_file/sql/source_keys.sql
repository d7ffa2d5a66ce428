-- The sources that have delivered.
SELECT key FROM source ORDER BY key
