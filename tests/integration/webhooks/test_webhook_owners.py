"""An endpoint hears for as long as whoever answers for it may say what other systems are told."""

import pytest

from customerfile.access.permissions import Permission
from customerfile.access.queries import clearance_by_name, clearance_of_user
from customerfile.access.users import add_user, define_role, limit_to_branches, set_active, set_role
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.webhooks.models import WebhookEndpoint, WebhookMessage
from customerfile.webhooks.operations import switch_endpoint
from tests.integration.webhooks.conftest import send_all

ANNA = "id,first name,last name,email\n{0},Anna,Meyer,anna{0}@example.org\n"
BY = {"by": "olive"}


def _limited() -> None:
    limit_to_branches("ada", branches=["Leeds"], at=now(), **BY)


def _demoted() -> None:
    set_role("ada", role="steward", at=now(), **BY)


def _disabled() -> None:
    set_active("ada", active=False, at=now(), **BY)


def _clipped() -> None:
    define_role("administrator", label="", permissions=[Permission.SEE_CUSTOMERS], at=now(), **BY)


@pytest.mark.parametrize("change", [_limited, _demoted, _disabled, _clipped])
def test_who_sees_a_part_or_may_no_longer_has_no_endpoint_that_hears(
    endpoint, receiver, sender, bring, change
):
    made = endpoint(receiver.url)
    add_user("ada", role="administrator", at=now(), **BY)
    WebhookEndpoint.objects.update(created_by="ada")
    bring(ANNA.format(1))
    send_all(sender)
    heard = len(receiver.came)
    assert heard > 0
    change()
    bring(ANNA.format(2), name="more.csv")
    send_all(sender)
    found = WebhookEndpoint.objects.get(pk=made.id)
    assert (len(receiver.came), found.state, found.why_off) == (heard, "off", "not_allowed")
    assert AuditEntry.objects.get(code="webhooks.endpoint.given_up").detail["why"] == "not_allowed"
    switch_endpoint(made.id, on=True, at=now(), **BY)
    bring(ANNA.format(3), name="again.csv")
    send_all(sender)
    assert len(receiver.came) > heard
    assert WebhookEndpoint.objects.get(pk=made.id).created_by == "olive"
    assert WebhookMessage.objects.filter(state="waiting").count() == 0


@pytest.mark.parametrize("branches", [None, ["Leeds"]])
def test_the_worker_is_told_the_same_of_a_name_as_everybody_else(db, branches):
    add_user("ada", role="administrator", at=now(), **BY)
    limit_to_branches("ada", branches=branches, at=now(), **BY)
    assert clearance_by_name("ada") == clearance_of_user("ada")
    assert (Permission.MANAGE_WEBHOOKS in clearance_by_name("ada").permissions) == (branches is None)
    assert clearance_by_name("nobody").permissions == frozenset()
