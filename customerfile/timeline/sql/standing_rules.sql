-- The mending rules that apply, with how many events each released.
SELECT rule.id, rule.kind, rule.event, rule.property, rule.new_name, source.id, source.key, rule.made_at, rule.made_by,
       (SELECT count(*) FROM quarantined_event AS held
        WHERE held.source_id = rule.source_id AND held.state = 'released' AND held.mended_by @> ARRAY[rule.id])
FROM mending_rule AS rule JOIN source ON source.id = rule.source_id
WHERE rule.withdrawn_at IS NULL
ORDER BY source.key, rule.id
