-- Records that changed are no longer candidates under their old keys.
DELETE FROM block_key USING jsonb_to_recordset(%s::jsonb) AS gone(key bigint, record_id bigint)
WHERE block_key.key = gone.key AND block_key.record_id = gone.record_id
