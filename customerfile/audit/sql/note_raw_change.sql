-- Write down a change that did not come by way of the product, as psql makes one. Arguments: the table as it is called
-- everywhere, what its rows hang on ("customer" or "record"), and the column that says which. Values are not written down.
CREATE OR REPLACE FUNCTION note_raw_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP IN ('UPDATE', 'DELETE') THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP IN ('INSERT', 'UPDATE') THEN to_jsonb(NEW) END;
    who text := coalesce(after ->> TG_ARGV[2], before ->> TG_ARGV[2], '');
    columns jsonb := (
        SELECT coalesce(jsonb_agg(key ORDER BY key), '[]')
        FROM jsonb_object_keys(coalesce(after, before, '{}')) AS key WHERE before -> key IS DISTINCT FROM after -> key
    );
BEGIN
    INSERT INTO audit_entry (at, by, code, subject, detail) VALUES (
        clock_timestamp(), 'database login ' || session_user,
        'database.row.' || CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
        CASE WHEN who = '' THEN 'table:' || TG_ARGV[0] ELSE TG_ARGV[1] || ':' || who END,
        jsonb_build_object('table', TG_ARGV[0], 'columns', columns, 'from', coalesce(host(inet_client_addr()), 'here'))
            || CASE WHEN TG_ARGV[1] = 'customer' AND who <> ''
                    THEN jsonb_build_object('customers', jsonb_build_array(who::bigint)) ELSE '{}' END
    );
    RETURN NULL;
END
$$
