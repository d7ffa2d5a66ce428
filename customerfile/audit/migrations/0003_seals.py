"""Rows carry a hash and the number of their transaction, both set by the database; seals close batches of rows."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.db import migrations, models

ARRAY = """
ALTER TABLE read_entry ALTER COLUMN customer_ids TYPE bigint[]
    USING translate(customer_ids::text, '[]', '{}')::bigint[];
"""
ARRAY_UNDO = "ALTER TABLE read_entry ALTER COLUMN customer_ids TYPE jsonb USING to_jsonb(customer_ids);"

HASHES = """
CREATE FUNCTION hash_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.row_hash := sha256(convert_to(json_build_array('audit_entry', NEW.id, NEW.transaction,
        (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW."by", NEW.code, NEW.subject, NEW.detail::text)::text, 'UTF8'));
    RETURN NEW;
END
$$;
CREATE FUNCTION hash_read_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.row_hash := sha256(convert_to(json_build_array('read_entry', NEW.id, NEW.transaction,
        (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW."by", NEW.page, NEW.customer_ids::text)::text, 'UTF8'));
    RETURN NEW;
END
$$;

-- Rows from before: hashed once, as if all had been written by this transaction.
ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only;
ALTER TABLE read_entry DISABLE TRIGGER read_entry_append_only;
CREATE TRIGGER hash_once BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION hash_audit_entry();
CREATE TRIGGER hash_once BEFORE UPDATE ON read_entry FOR EACH ROW EXECUTE FUNCTION hash_read_entry();
UPDATE audit_entry SET transaction = 0;
UPDATE read_entry SET transaction = 0;
DROP TRIGGER hash_once ON audit_entry;
DROP TRIGGER hash_once ON read_entry;
ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only;
ALTER TABLE read_entry ENABLE TRIGGER read_entry_append_only;

CREATE TRIGGER audit_entry_hashed BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION hash_audit_entry();
CREATE TRIGGER read_entry_hashed BEFORE INSERT ON read_entry FOR EACH ROW EXECUTE FUNCTION hash_read_entry();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How many seals were made: it tells that the newest one is gone.
CREATE SEQUENCE audit_seal_witness MINVALUE 0 START 0;
"""
HASHES_UNDO = """
DROP SEQUENCE audit_seal_witness;
DROP TRIGGER audit_seal_append_only ON audit_seal;
DROP TRIGGER audit_entry_hashed ON audit_entry;
DROP TRIGGER read_entry_hashed ON read_entry;
DROP FUNCTION hash_audit_entry();
DROP FUNCTION hash_read_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(ARRAY, ARRAY_UNDO)],
            state_operations=[
                migrations.AlterField(
                    "readentry", "customer_ids",
                    django.contrib.postgres.fields.ArrayField(models.BigIntegerField()),
                )
            ],
        ),
        migrations.AddField("auditentry", "transaction", models.BigIntegerField(db_default=0)),
        migrations.AddField("auditentry", "row_hash", models.BinaryField(db_default=b"")),
        migrations.AddField("readentry", "transaction", models.BigIntegerField(db_default=0)),
        migrations.AddField("readentry", "row_hash", models.BinaryField(db_default=b"")),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("below", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("entry_count", models.BigIntegerField()),
                ("entry_root", models.BinaryField()),
                ("read_count", models.BigIntegerField()),
                ("read_root", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("seal_hash", models.BinaryField()),
            ],
            options={"db_table": "audit_seal"},
        ),
        migrations.RunSQL(HASHES, HASHES_UNDO),
        migrations.AlterField("auditentry", "subject", models.TextField()),
        migrations.AddIndex("auditentry", models.Index(fields=["subject"], name="audit_entry_subject")),
        migrations.AddIndex("auditentry", models.Index(fields=["by", "at"], name="audit_entry_by")),
        migrations.AddIndex("auditentry", models.Index(fields=["transaction", "id"], name="audit_entry_order")),
        migrations.AddIndex(
            "auditentry",
            django.contrib.postgres.indexes.GinIndex(
                django.db.models.fields.json.KeyTransform("customers", "detail"),
                name="audit_entry_customers",
                condition=models.Q(("detail__has_key", "customers")),
            ),
        ),
        migrations.AddIndex("readentry", models.Index(fields=["by", "at"], name="read_entry_by")),
        migrations.AddIndex("readentry", models.Index(fields=["transaction", "id"], name="read_entry_order")),
        migrations.AddIndex(
            "readentry",
            django.contrib.postgres.indexes.GinIndex(fields=["customer_ids"], name="read_entry_customers"),
        ),
    ]
