import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiReply',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('request_digest', models.CharField(max_length=64)),
                ('body', models.BinaryField()),
                ('created_at', models.DateTimeField(db_index=True)),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='access.apitoken')),
            ],
            options={
                'db_table': 'api_reply',
            },
        ),
    ]
