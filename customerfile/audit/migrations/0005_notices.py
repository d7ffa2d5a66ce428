"""Entries of which a second person is to take note are found without reading the others."""

from django.db import migrations, models

CODES = [
    "customers.file.exported",
    "customers.links.exported",
    "sources.rejects.exported",
    "audit.ledger.exported",
    "audit.reads.many",
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_months")]

    operations = [
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["at"], condition=models.Q(code__in=CODES), name="audit_entry_notices"),
        ),
    ]
