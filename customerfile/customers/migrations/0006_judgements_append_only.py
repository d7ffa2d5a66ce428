"""A person's word on a pair may be withdrawn, never rewritten."""

from django.db import migrations

NO_UPDATE = """
CREATE TRIGGER judgement_append_only BEFORE UPDATE OF act_id, left_id, right_id, verdict, by, at ON judgement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_act_append_only BEFORE UPDATE OF kind, by, at ON judgement_act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
INSERT INTO judging_rules (id, people_needed, most_records) VALUES (1, 1, 50);
"""
UNDO = """
DROP TRIGGER judgement_append_only ON judgement; DROP TRIGGER judgement_act_append_only ON judgement_act;
DELETE FROM judging_rules;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_judgements"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(NO_UPDATE, UNDO)]
