-- The values that are not compared, with how many records hold each.
SELECT rule, value, since, (SELECT count(*) FROM block_key WHERE block_key.key = common_value.key) AS record_count
FROM common_value ORDER BY record_count DESC, rule, value
