-- Stored comparison inputs as typed columns, one row for each record of a candidate pair; NULL stands for unknown.
CREATE TABLE disk.flat_record AS
WITH met AS (
    SELECT left_id AS record FROM pair UNION SELECT right_id FROM pair
),
parts AS (
    SELECT
        record,
        json_extract_string(
            prepared,
            ['$[0]', '$[1]', '$[2]', '$[3]', '$[4]', '$[5]', '$[6]', '$[7]',
             '$[8]', '$[9]', '$[10]', '$[11]', '$[12]', '$[13]', '$[14]']
        ) AS p
    FROM staged SEMI JOIN met USING (record)
),
named AS (
    SELECT
        record, p,
        nullif(p[2], '') AS given_written, nullif(p[3], '') AS middle_written, nullif(p[4], '') AS family_written,
        p[6]::INTEGER AS birth,
        nullif(from_json(p[8], '["VARCHAR"]'), []) AS emails,
        nullif(from_json(p[10], '["BIGINT"]'), []) AS phones
    FROM parts
),
split AS (
    SELECT
        *,
        replace(given_written, ' ', '') AS given, replace(family_written, ' ', '') AS family,
        split_part(given_written, ' ', 1) AS given_first
    FROM named
)
SELECT
    record AS record_id,
    CASE p[1] WHEN 'person' THEN 1 WHEN 'organisation' THEN 2 END::TINYINT AS kind,
    given,
    given_first,
    string_split(concat_ws(' ', given_written, middle_written), ' ') AS given_words,
    first_names.nicknames AS nicknames,
    CASE WHEN length(given) = 1 THEN 3 ELSE coalesce(given_names.as_given, 0) END::TINYINT AS given_as_given,
    CASE WHEN length(given) = 1 THEN 3 ELSE coalesce(given_names.as_family, 0) END::TINYINT AS given_as_family,
    split_part(middle_written, ' ', 1) AS middle,
    family,
    nullif(list_filter(string_split(family_written, ' '), lambda part: length(part) > 2), []) AS family_parts,
    CASE WHEN length(family) = 1 THEN 3 ELSE coalesce(family_names.as_given, 0) END::TINYINT AS family_as_given,
    CASE WHEN length(family) = 1 THEN 3 ELSE coalesce(family_names.as_family, 0) END::TINYINT AS family_as_family,
    CASE WHEN p[5]::INTEGER > 0 THEN p[5]::INTEGER END AS suffix,
    CASE
        WHEN birth >= 10000000 AND birth % 10000 >= 100 AND birth % 100 > 0 THEN birth::VARCHAR
    END AS birth_text,
    nullif(birth // 10000 % 10000, 0)::SMALLINT AS birth_year,
    nullif(birth // 100 % 100, 0)::TINYINT AS birth_month,
    nullif(birth % 100, 0)::TINYINT AS birth_day,
    CASE coalesce(nullif(p[7], ''), first_names.gender) WHEN 'f' THEN 1 WHEN 'm' THEN 2 END::TINYINT AS gender,
    emails,
    list_transform(emails, lambda email: split_part(email, '@', 1)) AS local_parts,
    nullif(from_json(p[9], '["VARCHAR"]'), []) AS mailboxes,
    phones,
    list_transform(phones, lambda number: number % $seven_digits) AS endings,
    list_transform(
        list_filter(phones, lambda number: number < $with_area), lambda number: number % $seven_digits
    ) AS local_endings,
    nullif(list_transform(from_json(p[11], '[["VARCHAR"]]'), lambda part: {
        'street': nullif(part[1], ''), 'number': nullif(part[2], ''), 'unit': nullif(part[3], ''),
        'postcode': nullif(part[4], ''), 'city': nullif(part[5], '')
    }), []) AS addresses,
    nullif(list_transform(from_json(p[12], '[["JSON"]]'), lambda part: {
        'scheme': part[1]::BIGINT, 'exact': part[2]::BIGINT, 'near': from_json(part[3], '["BIGINT"]'),
        'known': part[4]::BOOLEAN
    }), []) AS strong,
    nullif(from_json(p[13], '["BIGINT"]'), []) AS weak,
    nullif(p[14], '') AS organisation,
    nullif(from_json(p[15], '["VARCHAR"]'), []) AS domains
FROM split
LEFT JOIN name_fact AS given_names ON given_names.name = given
LEFT JOIN name_fact AS family_names ON family_names.name = family
LEFT JOIN name_fact AS first_names ON first_names.name = given_first
