-- Give a note another text, where it is still the version that was read. What it said before is kept.
UPDATE note SET text = %(text)s, version = version + 1, edited_at = %(at)s, mentioned = %(mentioned)s::text[],
       earlier = earlier || jsonb_build_array(jsonb_build_object('text', text, 'until', %(at)s::timestamptz))
WHERE id = %(note)s AND version = %(seen)s
