"""Signatures, held against the convention's own implementation and the example of its text."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from customerfile.webhooks.signing import new_secret, signatures


@given(st.text(max_size=300))
def test_another_implementation_makes_the_same_signature(body):
    secret, at = new_secret(), datetime(2026, 3, 1, tzinfo=UTC)
    ours = signatures([secret], key="msg_1", timestamp=int(at.timestamp()), body=body)
    assert ours == Webhook(secret).sign("msg_1", at, body)


def test_while_a_secret_is_rotated_either_is_accepted_and_no_other():
    old, new, other = new_secret(), new_secret(), new_secret()
    at = int(datetime.now(UTC).timestamp())
    sent = signatures([new, old], key="msg_1", timestamp=at, body="{}")
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": sent}
    assert sent.count("v1,") == 2
    assert [Webhook(secret).verify("{}", headers) for secret in (old, new)] == [{}, {}]
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify("{}", headers)


def test_a_secret_has_256_bits_and_says_what_it_is():
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert {(each[:6], len(each)) for each in made} == {("whsec_", 50)}
