"""What somebody may do, by their name, for the worker, who may not read who works here."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION standing_of(name text)
RETURNS TABLE (is_active boolean, role text, branches text[], is_changed boolean, permissions text[], fields text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.is_active, app_user.role, app_user.branches, role.key IS NOT NULL, role.permissions, role.fields
    FROM app_user LEFT JOIN role ON role.key = app_user.role
    WHERE app_user.username = name
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_provider_identity")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION standing_of(text);")]
