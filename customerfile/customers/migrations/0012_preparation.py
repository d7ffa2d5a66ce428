from django.db import migrations, models

from customerfile.matching.preparation_rules import PREPARATION_VERSION

# A file with records was prepared by rules that nobody noted; an empty one will be by those of today.
STAMP = f"""
INSERT INTO preparation (version, through, begun_at, finished_at)
SELECT CASE WHEN EXISTS (SELECT FROM record) THEN 0 ELSE {PREPARATION_VERSION} END, 0, now(), now()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0011_watch_lists'),
        ('sources', '0004_watch_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preparation',
            fields=[
                ('version', models.IntegerField(primary_key=True, serialize=False)),
                ('through', models.BigIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'preparation',
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 0)), name='preparation_version_known')],
            },
        ),
        migrations.RunSQL(STAMP, migrations.RunSQL.noop),
    ]
