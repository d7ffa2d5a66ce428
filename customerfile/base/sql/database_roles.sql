-- Five roles for one customer file. Run in its database, by somebody who may make roles and give objects away.
-- It can be run again; objects and rights that are as they should be stay as they are.
DO $$
DECLARE
    named text;
BEGIN
    FOREACH named IN ARRAY ARRAY[{owner_name}, {migrator_name}, {application_name}, {worker_name}, {auditor_name}] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = named) THEN
            EXECUTE format('CREATE ROLE %I', named);
        END IF;
    END LOOP;
END
$$;
ALTER ROLE {owner} NOLOGIN NOINHERIT NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE {migrator} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE {application} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE {worker} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE {auditor} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- The migrator becomes the owner where the tables change, and nothing by itself.
GRANT {owner} TO {migrator};

ALTER DATABASE {database} OWNER TO {owner};
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {migrator}, {application}, {worker}, {auditor};
GRANT TEMPORARY ON DATABASE {database} TO {application};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {application}, {worker}, {auditor};
GRANT USAGE, CREATE ON SCHEMA public TO {owner};

-- What is there already belongs to the owner from now on. Sequences of a column follow their table.
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER %s %I.%I OWNER TO %I', CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
                      ELSE 'TABLE' END, 'public', relname, {owner_name})
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
          AND pg_get_userbyid(relowner) <> {owner_name}
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass
                          AND (deptype = 'e' OR relkind = 'S' AND deptype IN ('a', 'i')))
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO %I', oid::regprocedure, {owner_name})
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) <> {owner_name}
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND classid = 'pg_proc'::regclass
                          AND deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
    -- What each role may do with the tables is said anew by the next command, which sees that nothing says it was.
    IF to_regclass('public.django_migrations') IS NOT NULL THEN
        COMMENT ON TABLE public.django_migrations IS NULL;
    END IF;
END
$$;

-- The server's log tells of no value: messages of what was refused hold what was refused. Only a superuser can say so
-- for a role; where none runs this, say the same in the server's configuration.
DO $$
DECLARE
    named text;
BEGIN
    FOREACH named IN ARRAY ARRAY[{migrator_name}, {application_name}, {worker_name}, {auditor_name}] LOOP
        EXECUTE format('ALTER ROLE %I SET log_min_messages = log', named);
        EXECUTE format('ALTER ROLE %I SET log_error_verbosity = terse', named);
        EXECUTE format('ALTER ROLE %I SET log_statement = none', named);
        EXECUTE format('ALTER ROLE %I SET log_min_duration_statement = -1', named);
        EXECUTE format('ALTER ROLE %I SET log_min_error_statement = panic', named);
        EXECUTE format('ALTER ROLE %I SET log_parameter_max_length = 0', named);
        EXECUTE format('ALTER ROLE %I SET log_parameter_max_length_on_error = 0', named);
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'The log settings of these roles were not set: only a superuser can.';
END
$$;
