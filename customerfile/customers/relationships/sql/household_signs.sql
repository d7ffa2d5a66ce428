-- In DuckDB: per record of a customer, what tells of a household: family name, phone numbers, dwellings.
-- A dwelling is street, house number, unit and postcode (or town); a post box is none.
CREATE TABLE sign AS
WITH parts AS (
    SELECT record, customer, json_extract_string(prepared, ['$[0]', '$[3]', '$[9]', '$[10]']) AS p
    FROM staged JOIN present USING (record)
)
SELECT
    record,
    customer,
    p[1] <> 'organisation' AS is_person,
    p[2] AS family,
    from_json(p[3], '["BIGINT"]') AS phones,
    list_distinct(list_transform(
        list_filter(
            from_json(p[4], '[["VARCHAR"]]'),
            lambda a: a[1] NOT IN ('', 'pobox') AND a[2] <> '' AND a[4] || a[5] <> ''
        ),
        lambda a: hash(a[1], a[2], a[3], coalesce(nullif(a[4], ''), a[5]))
    )) AS dwellings
FROM parts
