-- Of e-mail, phone and every identifier: how many of the measured customers hold one, how many hold one that another
-- customer holds as well, and some of these.
WITH measured AS MATERIALIZED (
    SELECT id FROM customer
    WHERE state = 'active' AND (%(customers)s::bigint[] IS NULL OR id = ANY(%(customers)s::bigint[]))
),
held AS (
    SELECT measured.id, contact_point.channel AS key, EXISTS (
        SELECT 1 FROM contact_point AS other
        WHERE other.search = contact_point.search AND other.channel <> 'postal'
          AND other.channel = contact_point.channel AND other.customer_id <> measured.id) AS is_shared
    FROM measured JOIN contact_point ON contact_point.customer_id = measured.id AND contact_point.channel <> 'postal'
    UNION ALL
    SELECT measured.id, identifier.field, EXISTS (
        SELECT 1 FROM identifier AS other
        WHERE other.digest = identifier.digest AND other.field = identifier.field AND other.customer_id <> measured.id)
    FROM measured JOIN identifier ON identifier.customer_id = measured.id
),
holder AS MATERIALIZED (SELECT key, id, bool_or(is_shared) AS is_shared FROM held GROUP BY key, id)
SELECT key, count(*), count(*) FILTER (WHERE is_shared),
       coalesce((array_agg(id ORDER BY id) FILTER (WHERE is_shared))[1:%(kept)s], '{}')
FROM holder GROUP BY key
