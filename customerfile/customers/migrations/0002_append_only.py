"""Past golden values and replaced versions may be erased with their person, never rewritten."""

from django.db import migrations

NO_UPDATE = """
CREATE TRIGGER golden_history_append_only BEFORE UPDATE ON golden_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER record_version_append_only BEFORE UPDATE ON record_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNDO = "DROP TRIGGER golden_history_append_only ON golden_history; DROP TRIGGER record_version_append_only ON record_version;"


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial"), ("audit", "0002_append_only"), ("sources", "0001_initial")]
    operations = [migrations.RunSQL(NO_UPDATE, UNDO)]
