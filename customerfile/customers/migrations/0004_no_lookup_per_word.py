"""Spelling variants are written with their word: the database does not look it up again for each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0003_room_to_update'),
    ]

    operations = [
        migrations.AlterField(
            model_name='tokenvariant',
            name='token',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='customers.nametoken'),
        ),
    ]
