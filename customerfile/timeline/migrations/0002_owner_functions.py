"""What only the owner of the tables may do and the application needs, each as a function that does that alone.

They run with the owner's rights. Which role may call them stands in customerfile/config/table_grants.py.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION make_event_month(year integer, month integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first_day date := make_date(year, month, 1);
    next_first date := (make_date(year, month, 1) + interval '1 month')::date;
BEGIN
    IF year NOT BETWEEN 1899 AND 2101 THEN
        RAISE EXCEPTION 'there are no events in the year %', year USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('event months'));
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
        'event_' || to_char(first_day, 'YYYY_MM'), first_day || ' 00:00+00', next_first || ' 00:00+00');
END
$$;

-- Only columns that something is looked up by.
CREATE FUNCTION analyse_after_import() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE record (id, source_id, key), block_key, link, customer (id, number, state, sort_name, merged_into_id),
        contact_point (customer_id, channel, search), identifier, posting, name_token, token_variant, scored_pair,
        event_key;
END
$$;

CREATE FUNCTION index_block_keys_by_record() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    CREATE INDEX IF NOT EXISTS block_key_of_record ON block_key (record_id);
END
$$;

CREATE FUNCTION drop_block_keys_by_record() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DROP INDEX IF EXISTS block_key_of_record;
END
$$;
"""
UNDO = """
DROP FUNCTION make_event_month(integer, integer);
DROP FUNCTION analyse_after_import();
DROP FUNCTION index_block_keys_by_record();
DROP FUNCTION drop_block_keys_by_record();
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
