-- In DuckDB: customers that share a dwelling and a sign, as pairs, with the oldest records that show it.
CREATE TABLE found AS
SELECT
    one.customer AS one,
    other.customer AS other,
    min({'one': one.record, 'other': other.record}) AS records,
    CASE
        WHEN bool_or(one.sign = 'name') AND bool_or(one.sign = 'phone') THEN 'address_name_phone'
        WHEN bool_or(one.sign = 'name') THEN 'address_name'
        ELSE 'address_phone'
    END AS basis
FROM stay AS one
JOIN stay AS other
  ON other.dwelling = one.dwelling AND other.sign = one.sign AND other.value = one.value
 AND other.customer > one.customer
WHERE one.dwelling NOT IN (SELECT dwelling FROM crowd)
GROUP BY one.customer, other.customer
