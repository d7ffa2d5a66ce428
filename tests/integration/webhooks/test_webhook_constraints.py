"""What the database itself refuses to hold about webhooks."""

import pytest
from django.db import IntegrityError, transaction

from customerfile.base.clock import now
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.models import WebhookEndpoint, WebhookMessage
from customerfile.webhooks.operations import add_messages


@pytest.fixture
def message(endpoint) -> WebhookMessage:
    endpoint("http://127.0.0.1/one")
    made = endpoint("http://127.0.0.1/two")
    (message,) = add_messages(
        WebhookEndpoint.objects.get(pk=made.id), [(MessageType.TEST, "{}")], due=now(), at=now()
    )
    return message


@pytest.mark.parametrize(
    ("name", "model", "change"),
    [
        ("webhook_endpoint_url_unique", WebhookEndpoint, {"url": "http://127.0.0.1/same"}),
        ("webhook_endpoint_state_known", WebhookEndpoint, {"state": "resting"}),
        ("webhook_endpoint_why_known", WebhookEndpoint, {"why_off": "bored"}),
        ("webhook_message_state_known", WebhookMessage, {"state": "lost", "next_at": None}),
        ("webhook_message_waits_until", WebhookMessage, {"next_at": None}),
        ("webhook_message_waits_until", WebhookMessage, {"state": "sent"}),
    ],
)
def test_the_database_refuses(message, name, model, change):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)
