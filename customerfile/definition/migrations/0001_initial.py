"""The applied definitions; the database itself refuses to change or remove one."""

from django.db import migrations, models


APPEND_ONLY = """
CREATE TRIGGER definition_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON definition_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNDO = "DROP TRIGGER definition_version_append_only ON definition_version;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name='DefinitionVersion',
            fields=[
                ('version', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('file', models.TextField()),
                ('text', models.TextField()),
                ('document', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('applied_at', models.DateTimeField()),
                ('applied_by', models.TextField()),
            ],
            options={
                'db_table': 'definition_version',
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='definition_version_counts_from_one'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='definition_version_digest_is_sha256'), models.CheckConstraint(condition=models.Q(('applied_by', ''), _negated=True), name='definition_version_names_its_author')],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
