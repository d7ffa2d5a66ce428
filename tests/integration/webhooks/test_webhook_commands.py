"""`customerfile webhook`: what people type, and what they are told."""

import json

import pytest
from typer.testing import CliRunner

from customerfile.access.operations import ensure_owner
from customerfile.access.users import add_user
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.cli.commands import command_line
from customerfile.webhooks.configured import own_network
from customerfile.webhooks.errors import BadPrivateList


@pytest.fixture
def typed(db, monkeypatch, settings):
    """Run a command as the owner, in a network where loopback is allowed: its exit code, and what it printed."""
    settings.WEBHOOK_PRIVATE = "127.0.0.0/8"
    own_network.cache_clear()
    ensure_owner(username="olive", by="tests", at=now())
    monkeypatch.setenv("CUSTOMERFILE_USER", "olive")

    def typed(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(command_line("webhook"), ["webhook", *words], catch_exceptions=True)
        if isinstance(done.exception, CustomerfileError):
            return 1, str(done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.exit_code, done.output

    yield typed
    own_network.cache_clear()


def test_an_address_is_added_listed_tested_and_removed(typed, receiver):
    assert "No address is told anything" in typed("list")[1]
    code, out = typed("add", receiver.url, "--type", "customer.created", "--json")
    made = json.loads(out)
    assert (code, made["secret"][:6]) == (0, "whsec_")
    endpoint = str(made["id"])
    code, out = typed()
    assert (code, receiver.url in out, "customer.created" in out, "whsec_" in out) == (0, True, True, False)
    receiver.answering = lambda came: (202, b"thanks", {})
    code, out = typed("test", endpoint)
    assert (code, "202 Accepted" in out, '"thanks"' in out) == (0, True, True)
    assert receiver.came[0].is_signed_by(made["secret"])
    assert "is removed" in typed("remove", endpoint)[1]
    assert typed("test", endpoint) == (
        1,
        f"There is no endpoint {endpoint}. See those there are with: customerfile webhook list",
    )


def test_what_failed_is_told_with_a_code_and_sent_again(typed, receiver):
    endpoint = str(json.loads(typed("add", receiver.url, "--type", "customer.created", "--json")[1])["id"])
    receiver.answering = lambda came: (500, b"out of order", {})
    code, out = typed("test", endpoint, "--json")
    message = json.loads(out)
    assert (code, message["state"], message["attempts"][0]["status"]) == (1, "failed", 500)
    code, out = typed("log")
    assert (code, "500 Internal Server Error" in out, "failed" in out) == (0, True, True)
    receiver.answering = lambda came: (200, b"", {})
    assert typed("resend", str(message["id"]))[0] == 0
    logged = json.loads(typed("log", "--endpoint", endpoint, "--json")[1])
    assert [each["status"] for each in logged[0]["attempts"]] == [200, 500]


def test_a_secret_is_rotated_and_an_endpoint_switched(typed, receiver):
    endpoint = str(json.loads(typed("add", receiver.url, "--type", "customer.created", "--json")[1])["id"])
    assert "whsec_" in typed("rotate", endpoint)[1]
    assert "former secret until" in typed("list")[1]
    assert "is off" in typed("off", endpoint)[1]
    code, told = typed("test", endpoint)
    assert (code, f"customerfile webhook on {endpoint}" in told) == (1, True)
    assert json.loads(typed("on", endpoint, "--json")[1]) == {"endpoint": int(endpoint), "state": "on"}


def test_a_private_address_is_refused_with_the_setting_that_allows_it(typed):
    code, told = typed("add", "https://10.0.0.1/", "--type", "customer.created")
    assert (code, "CUSTOMERFILE_WEBHOOK_PRIVATE" in told) == (1, True)


def test_a_steward_may_not(typed, monkeypatch):
    add_user("stella", role="steward", by="tests", at=now())
    monkeypatch.setenv("CUSTOMERFILE_USER", "stella")
    code, told = typed("list")
    assert (code, "stella may not" in told) == (1, True)


def test_a_list_of_own_networks_that_makes_no_sense_keeps_the_server_from_starting(typed, settings):
    settings.WEBHOOK_PRIVATE = "10.0.0.0/99"
    own_network.cache_clear()
    with pytest.raises(BadPrivateList):
        own_network()
