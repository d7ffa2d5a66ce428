"""Tables of this room: who is told, what is to be told, the messages made of it, and every attempt to send one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class WebhookEndpoint(models.Model):
    """An address that is told, while `created_by` may say so.

    `secret` signs, sealed by the vault; `former_secret` signs as well until it ends.
    """

    url = models.TextField()
    types = ArrayField(models.TextField())
    state = models.TextField(default="on")
    why_off = models.TextField(default="")
    secret = models.BinaryField()
    former_secret = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.TextField()
    failing_since = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook_endpoint"
        constraints = [
            models.UniqueConstraint(fields=["url"], name="webhook_endpoint_url_unique"),
            models.CheckConstraint(condition=Q(state__in=("on", "off")), name="webhook_endpoint_state_known"),
            models.CheckConstraint(
                condition=Q(why_off__in=("", "gone", "failing", "by_hand", "not_allowed")),
                name="webhook_endpoint_why_known",
            ),
        ]


class WebhookOutbox(models.Model):
    """What happened, written by the transaction that made it happen. Whoever sends takes it out."""

    transaction = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()
    type = models.TextField()
    items = models.JSONField()

    class Meta:
        db_table = "webhook_outbox"


class WebhookMessage(models.Model):
    """One message to one endpoint. `body` is sent the same at each attempt; `key` is what the receiver knows it by.

    While it waits, nobody sends it before `next_at`: whoever begins to send moves that on.
    """

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.DB_CASCADE, db_index=False)
    key = models.TextField(unique=True)
    type = models.TextField()
    body = models.TextField()
    state = models.TextField(default="waiting")
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook_message"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sent", "failed")), name="webhook_message_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", next_at__isnull=False)
                | (~Q(state="waiting") & Q(next_at__isnull=True)),
                name="webhook_message_waits_until",
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_at", "id"], condition=Q(state="waiting"), name="webhook_message_due"
            ),
            models.Index(fields=["endpoint", "id"], name="webhook_message_log"),
        ]


class WebhookAttempt(models.Model):
    """One attempt to send a message: the status, how long it took, what the receiver said, or what was wrong."""

    message = models.ForeignKey(WebhookMessage, on_delete=models.DB_CASCADE)
    at = models.DateTimeField()
    status = models.IntegerField(null=True)
    milliseconds = models.IntegerField()
    said = models.TextField()
    fault = models.TextField()

    class Meta:
        db_table = "webhook_attempt"
