-- In DuckDB: dwellings of more customers than a household has, where two of them share a sign; with one record.
CREATE TABLE crowd AS
WITH crowded AS (
    SELECT dwelling, count(DISTINCT customer) AS customers, min(record) AS record
    FROM (SELECT unnest(dwellings) AS dwelling, customer, record FROM sign WHERE is_person)
    GROUP BY dwelling HAVING count(DISTINCT customer) > $most
)
SELECT dwelling, customers, record FROM crowded
WHERE dwelling IN (SELECT dwelling FROM stay GROUP BY dwelling, sign, value HAVING count(*) > 1)
