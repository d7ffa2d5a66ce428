from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0008_match_model'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommonValue',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('rule', models.TextField()),
                ('value', models.TextField()),
                ('since', models.DateTimeField()),
            ],
            options={
                'db_table': 'common_value',
            },
        ),
    ]
