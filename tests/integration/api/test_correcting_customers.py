"""Customers are corrected through the interface: by field, all or none, only while they are what was read."""

import pytest
from django.test import Client

from customerfile.audit.models import AuditEntry
from customerfile.customers.models import Correction
from tests.integration.api.test_adding_customers import ROSA


@pytest.fixture
def rosa(call) -> str:
    told = call("POST", "/records", {"source": "shop", "records": [ROSA | {"key": "17"}]}).json()
    return str(told["results"][0]["customer"])


def _said(call, number: str) -> dict[str, list[str]]:
    whole = call("GET", f"/customers/{number}").json()
    return {
        field["key"]: [each["shown"] for each in field["values"]] for field in whole["customer"]["fields"]
    }


def test_fields_are_corrected_and_told_with_who_said_it(call, rosa):
    told = call(
        "PATCH",
        f"/customers/{rosa}",
        {"fields": {"given_name": "Rosalie", "birth_date": None}, "note": "phone"},
    )
    assert (told.status_code, told.json()) == (
        200,
        {"customer": rosa, "fields": ["birth_date", "given_name"]},
    )
    said = _said(call, rosa)
    assert (said["given_name"], said.get("birth_date")) == (["Rosalie"], None)
    made = call("GET", f"/customers/{rosa}").json()["customer"]["corrections"]
    assert sorted((each["field"], each["shown"], each["was"], each["by"], each["note"]) for each in made) == [
        ("birth_date", [], ["29 February 1980"], "olive", "phone"),
        ("given_name", ["Rosalie"], ["Rosa"], "olive", "phone"),
    ]
    again = call(
        "POST", "/records", {"source": "shop", "records": [ROSA | {"key": "17", "family_name": "Braun"}]}
    )
    assert again.json()["updated"] == 1
    assert _said(call, rosa)["given_name"] == ["Rosalie"]


def test_a_correction_is_taken_back(call, rosa):
    call("PATCH", f"/customers/{rosa}", {"fields": {"given_name": "Rosalie"}})
    told = call("DELETE", f"/customers/{rosa}/corrections/given_name")
    assert (told.status_code, told.json()) == (200, {"customer": rosa, "fields": ["given_name"]})
    assert _said(call, rosa)["given_name"] == ["Rosa"]
    none = call("DELETE", f"/customers/{rosa}/corrections/given_name")
    assert (none.status_code, none["Content-Type"]) == (404, "application/problem+json")


def test_each_field_that_cannot_be_taken_is_told_with_what_to_do(call, rosa):
    fields = {"email": "rosa at example", "birth_date": "tomorrow", "family_name": "Braun"}
    told = call("PATCH", f"/customers/{rosa}", {"fields": fields})
    assert (told.status_code, told["Content-Type"]) == (409, "application/problem+json")
    wrong = {each["field"]: each["reason"] for each in told.json()["errors"]}
    assert set(wrong) == {"email", "birth_date"}
    assert all(reason.count(".") >= 2 for reason in wrong.values())
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    "fields", [{}, {"favourite_tea": "green"}, {"iban": "DE89370400440532013000"}, {"kind": None}]
)
def test_what_is_no_field_to_write_is_refused(call, rosa, fields):
    assert call("PATCH", f"/customers/{rosa}", {"fields": fields}).status_code in (409, 422)


def test_who_read_something_else_is_told_so_and_nothing_is_lost(client: Client, token, call, rosa):
    tag = call("GET", f"/customers/{rosa}")["ETag"]
    headers = {"Authorization": f"Bearer {token()}", "If-Match": tag}

    def patch(name: str) -> int:
        body = {"fields": {"given_name": name}}
        return client.patch(
            f"/api/v1/customers/{rosa}", body, content_type="application/json", headers=headers
        ).status_code

    assert [patch("Rosalie"), patch("Rosi")] == [200, 412]
    assert _said(call, rosa)["given_name"] == ["Rosalie"]


def test_a_call_that_comes_again_corrects_once(client: Client, token, rosa):
    headers = {"Authorization": f"Bearer {token()}", "Idempotency-Key": "one"}
    answers = [
        client.patch(
            f"/api/v1/customers/{rosa}",
            {"fields": {"given_name": "Rosalie"}},
            content_type="application/json",
            headers=headers,
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1]["Idempotent-Replayed"] == "true"
    assert Correction.objects.count() == 1


def test_the_ledger_says_who_corrected_which_field_and_no_value(call, rosa):
    call("PATCH", f"/customers/{rosa}", {"fields": {"given_name": "Rosalie"}})
    entry = AuditEntry.objects.get(code="customers.value.corrected")
    assert (entry.by, entry.subject) == ("olive", f"correction:{Correction.objects.get().pk}")
    assert entry.detail == {"customers": [rosa], "field": "given_name"}
