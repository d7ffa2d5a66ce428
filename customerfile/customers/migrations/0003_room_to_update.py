"""Customers change in place when records join them: pages keep room, so that indexes need not follow."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE customer SET (fillfactor = 75)", "ALTER TABLE customer RESET (fillfactor)"
        )
    ]
