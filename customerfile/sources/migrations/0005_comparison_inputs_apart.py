"""Comparison inputs move from the wide record into a narrow table of their own."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
INSERT INTO comparison_input (record_id, prepared) SELECT id, prepared FROM record ORDER BY id;
"""
ANALYSE = """
CREATE OR REPLACE FUNCTION analyse_after_import() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE record (id, source_id, key), comparison_input (record_id), block_key, link,
        customer (id, number, state, sort_name, merged_into_id), contact_point (customer_id, channel, search),
        identifier, posting, name_token, token_variant, scored_pair, event_key;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_watch_lists"), ("timeline", "0002_owner_functions")]

    operations = [
        migrations.CreateModel(
            name="ComparisonInput",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="comparison_input",
                        serialize=False,
                        to="sources.record",
                    ),
                ),
                ("prepared", models.TextField()),
            ],
            options={"db_table": "comparison_input"},
        ),
        migrations.RunSQL(MOVE),
        migrations.RemoveField(model_name="record", name="prepared"),
        migrations.RunSQL(ANALYSE, migrations.RunSQL.noop),
    ]
