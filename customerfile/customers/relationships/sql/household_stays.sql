-- In DuckDB: which person stays where, with the oldest record that says so of each family name and phone number;
-- a number that an organisation has too tells of an office and is left out.
CREATE TABLE stay AS
WITH staying AS (
    SELECT record, customer, family, phones, unnest(dwellings) AS dwelling FROM sign WHERE is_person
),
named AS (
    SELECT dwelling, 'name' AS sign, hash(family) AS value, customer, min(record) AS record
    FROM staying WHERE family <> '' GROUP BY ALL
),
called AS (
    SELECT dwelling, 'phone' AS sign, phone::UBIGINT AS value, customer, min(record) AS record
    FROM (SELECT dwelling, customer, record, unnest(phones) AS phone FROM staying)
    WHERE phone NOT IN (SELECT unnest(phones) FROM sign WHERE NOT is_person)
    GROUP BY ALL
)
SELECT * FROM named UNION ALL SELECT * FROM called
