-- Records that the truth gives to two entities, the first in the file first.
SELECT source, key, min(line), max(line)
FROM truth_row
GROUP BY source, key
HAVING min(entity) <> max(entity)
ORDER BY min(line)
