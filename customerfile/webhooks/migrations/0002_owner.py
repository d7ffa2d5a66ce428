"""An endpoint is off as well where whoever answers for it may not any more."""

from django.db import migrations, models

KNOWN = ("", "gone", "failing", "by_hand", "not_allowed")


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("webhookendpoint", "webhook_endpoint_why_known"),
        migrations.AddConstraint(
            "webhookendpoint",
            models.CheckConstraint(condition=models.Q(why_off__in=KNOWN), name="webhook_endpoint_why_known"),
        ),
    ]
