"""Files on their way in, and deliveries to be taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0005_comparison_inputs_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="UndoRequest",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="sources.delivery",
                    ),
                ),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("message", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "undo_request",
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.TextField()),
                ("file_bytes", models.BigIntegerField()),
                ("stored", models.TextField()),
                ("options", models.JSONField(default=dict)),
                ("detected", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("rows", models.BigIntegerField(null=True)),
                ("source_key", models.TextField(blank=True, default="")),
                ("source_name", models.TextField(blank=True, default="")),
                ("source_kind", models.TextField(blank=True, default="")),
                ("priority", models.IntegerField(null=True)),
                ("country", models.TextField(blank=True, default="")),
                ("kind_as", models.TextField(blank=True, default="")),
                ("mapping", models.TextField(blank=True, default="")),
                ("mapping_from", models.TextField(blank=True, default="")),
                ("state", models.TextField(default="open")),
                ("attempts", models.IntegerField(default=0)),
                ("message", models.TextField(blank=True, default="")),
                ("trial", models.JSONField(null=True)),
                ("by", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sources.delivery",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sources.delivery",
                    ),
                ),
            ],
            options={
                "db_table": "upload",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("open", "trying", "tried", "importing", "imported", "stopped"))
                        ),
                        name="upload_state_known",
                    )
                ],
            },
        ),
    ]
