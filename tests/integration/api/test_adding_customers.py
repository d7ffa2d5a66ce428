"""Customers added by hand: a record of the source `staff`, matched like any other, once for each key."""

import pytest
from django.test import Client

from customerfile.access.permissions import IN_PART, Permission
from customerfile.access.roles import SHIPPED_ROLES
from customerfile.customers.models import Customer
from customerfile.sources.models import Delivery, Record, Source

ROSA = {
    "given_name": "Rosa",
    "family_name": "Lindner",
    "email": "rosa@example.org",
    "birth_date": "1980-02-29",
}


def test_a_customer_is_added_as_a_record_of_the_staff(call):
    told = call("POST", "/customers", {"record": ROSA, "country": "de"})
    assert told.status_code == 200, told.text
    added = told.json()
    record = Record.objects.get()
    assert added == {
        "customer": Customer.objects.get().number, "joined": False, "record": f"staff/{record.key}", "refused": [],
    }  # fmt: skip
    assert (Source.objects.get().key, Source.objects.get().name) == ("staff", "Staff")
    assert (Delivery.objects.get().by, Delivery.objects.get().created) == ("olive", 1)
    whole = call("GET", f"/customers/{added['customer']}").json()
    assert whole["customer"]["summary"]["display_name"] == "Rosa Lindner"


def test_who_is_there_already_is_joined(call):
    there = call("POST", "/records", {"source": "shop", "records": [ROSA | {"key": "17"}]}).json()
    added = call("POST", "/customers", {"record": ROSA}).json()
    assert (added["customer"], added["joined"]) == (there["results"][0]["customer"], True)
    assert Customer.objects.count() == 1


def test_the_same_person_twice_is_one_customer_with_two_records(call):
    first, second = (call("POST", "/customers", {"record": ROSA}).json() for _ in range(2))
    assert (first["customer"], second["joined"]) == (second["customer"], True)
    assert first["record"] != second["record"]


def test_a_value_that_cannot_be_read_is_told_and_the_rest_taken(call):
    added = call("POST", "/customers", {"record": ROSA | {"email": "no address"}}).json()
    assert [each["field"] for each in added["refused"]] == ["email"]


@pytest.mark.parametrize(
    ("record", "status"),
    [
        ({"famly_name": "x"}, 409),
        (ROSA | {"key": "17"}, 409),
        ({"occupation": "4111 1111 1111 1111"}, 409),
        ({}, 422),
    ],
)
def test_what_cannot_be_taken_is_told_and_leaves_nothing(call, record, status):
    told = call("POST", "/customers", {"record": record})
    assert (told.status_code, told["Content-Type"]) == (status, "application/problem+json")
    assert (Record.objects.count(), Delivery.objects.count(), Source.objects.count()) == (0, 0, 0)


def test_a_call_that_comes_again_adds_nobody(client: Client, token):
    headers = {"Authorization": f"Bearer {token()}", "Idempotency-Key": "one"}
    body = {"record": ROSA}
    answers = [
        client.post("/api/v1/customers", body, content_type="application/json", headers=headers)
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotent-Replayed"] == "true"
    assert Record.objects.count() == 1


def test_who_may_add_customers():
    may = {key for key, role in SHIPPED_ROLES.items() if Permission.WRITE_CUSTOMERS in role.permissions}
    assert may == {"owner", "steward", "front-line"}
    assert Permission.WRITE_CUSTOMERS not in IN_PART
