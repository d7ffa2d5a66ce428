from django.db import migrations, models

NO_CHANGE = """
CREATE TRIGGER match_model_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON match_model_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNDO = "DROP TRIGGER match_model_version_append_only ON match_model_version;"


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0007_review_item'),
        ('audit', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchModelVersion',
            fields=[
                ('version', models.AutoField(primary_key=True, serialize=False)),
                ('hash', models.TextField()),
                ('artefact', models.TextField()),
                ('origin', models.TextField()),
                ('applied_at', models.DateTimeField()),
                ('applied_by', models.TextField()),
            ],
            options={
                'db_table': 'match_model_version',
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ('shipped', 'trained', 'imported'))), name='match_model_origin_known')],
            },
        ),
        migrations.RunSQL(NO_CHANGE, UNDO),
    ]
