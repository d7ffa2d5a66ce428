"""Selecting customers on the list, changing a field of all of them, and taking that back, page by page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from customerfile.access.models import BrowserSession
from customerfile.access.permissions import Permission
from customerfile.access.users import add_user, define_role, limit_to_branches
from customerfile.audit.models import AuditEntry, ReadEntry
from customerfile.base.clock import now
from customerfile.customers.bulk_changes.store import Counts, bulk_change
from customerfile.customers.bulk_changes.working import work_at_change
from customerfile.customers.judging.judging_rules import Rules
from customerfile.customers.listing.offered import Operator
from customerfile.customers.listing.question import Condition
from customerfile.customers.models import BulkChange, Customer
from customerfile.web import bulk_changes, bulk_changing, selection
from customerfile.web.list_address import written
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(db) -> list[Customer]:
    """Sixty, so that there are two pages."""
    deliver("crm", [person(str(n), "Ann", f"Family{n:02}", occupation="Baker") for n in range(60)])
    return list(Customer.objects.order_by("sort_name", "id"))


def _press(client: Client, do: str, chosen=(), shown=(), **more: object):
    sent = {
        "do": do, "shown": ",".join(str(each.pk) for each in shown), "chosen": [each.pk for each in chosen],
        "query": "", "back": "/customers",
    }  # fmt: skip
    return client.post("/customer-list/selection", sent | more)


def _preview(client: Client, **sent: str):
    return client.post(
        "/customer-list/change", {"field": "occupation", "way": "set", "value": "Pilot"} | sent
    )


def _confirm(client: Client, page, **sent: str):
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return client.post("/customer-list/change", hidden | sent)


def _done(client: Client) -> BulkChange:
    answer = _confirm(client, _preview(client))
    change = BulkChange.objects.get()
    assert answer.headers["Location"] == f"/customer-list/changes/{change.pk}"
    return change


def _figures(page) -> list[str]:
    return re.findall(r"<dd>([\d,]+)</dd>", page.text)


def test_what_is_ticked_survives_paging_and_is_shown_ticked(signed_in, many):
    first, second = many[:50], many[50:]
    on = _press(signed_in, "", chosen=first[:2], shown=first, to=f"/customers?after={first[-1].pk}")
    assert on.headers["Location"] == f"/customers?after={first[-1].pk}"
    _press(signed_in, "keep", chosen=second[:1], shown=second)
    page = signed_in.get("/customers").text
    assert "3 selected" in page
    assert re.findall(r'value="(\d+)" aria-label="[^"]*" checked', page) == [
        str(each.pk) for each in first[:2]
    ]
    _press(signed_in, "keep", chosen=first[1:2], shown=first)
    assert "2 selected" in signed_in.get("/customers").text
    _press(signed_in, "none")
    assert "Nobody is selected" in signed_in.get("/customers").text


def test_customers_with_large_numbers_are_ticked_as_well(signed_in):
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('customer', 'id'), 1234567)")
    deliver("crm", [person("1", "Ada", "Quist")])
    ada = Customer.objects.get()
    assert ada.pk > 999_999
    form = signed_in.get("/customers").text
    sent = dict(re.findall(r'name="(shown|chosen)" value="([^"]*)"', form))
    assert sent == {"shown": str(ada.pk), "chosen": str(ada.pk)}
    signed_in.post("/customer-list/selection", sent | {"query": "", "back": "/customers"})
    assert "1 selected" in signed_in.get("/customers").text


def test_with_script_the_state_alone_comes_back(signed_in, many):
    sent = {"shown": str(many[0].pk), "chosen": many[0].pk, "query": "", "back": "/customers"}
    answer = signed_in.post("/customer-list/selection", sent, headers={"HX-Request": "true"})
    assert "1 selected" in answer.text
    assert "<html" not in answer.text


def test_a_page_and_all_that_a_list_finds(signed_in, many):
    _press(signed_in, "page", shown=many[:50])
    assert "50 selected" in signed_in.get("/customers").text
    _press(signed_in, "all")
    page = signed_in.get("/customers").text
    assert "All 60 that this list finds are selected" in page
    assert page.count("checked disabled") == 50
    assert "of 60 selected customers" in signed_in.get("/customer-list/change").text


def test_all_found_are_counted_again_when_they_are_changed(signed_in, many):
    query = "if=" + written(Condition("family_name", Operator.CONTAINS, ("Family5",)))
    _press(signed_in, "all", query=query)
    page = _preview(signed_in)
    assert _figures(page) == ["10", "10", "0", "0"]
    deliver("web", [person("x", "Eve", "Family5x")])
    again = _confirm(signed_in, page)
    assert (_figures(again), "changed since you looked" in again.text) == (["11", "11", "0", "0"], True)
    assert not BulkChange.objects.exists()
    _confirm(signed_in, again)
    assert bulk_change(BulkChange.objects.get().pk).counts == Counts(changed=11)


def test_a_change_is_foreseen_done_told_and_taken_back(signed_in, many):
    _press(signed_in, "keep", chosen=many[:3], shown=many[:50])
    form = signed_in.get("/customer-list/change", {"field": "occupation"})
    assert "of 3 selected customers" in form.text
    page = _preview(signed_in, note="spring")
    assert _figures(page) == ["3", "3", "0", "0"]
    assert (
        re.findall(r"<td>([^<]*)</td>\s*<td><span class=.then.>([^<]*)<", page.text)
        == [("Baker", "Pilot")] * 3
    )
    assert ReadEntry.objects.filter(page="bulk-change").get().customer_ids == [each.pk for each in many[:3]]
    change = _done(signed_in)
    told = signed_in.get(f"/customer-list/changes/{change.pk}")
    assert "Set Occupation to “Pilot”" in told.text
    assert _figures(told) == ["3", "3", "0", "0"]
    assert "Nobody is selected" in signed_in.get("/customers").text
    before = signed_in.get(f"/customer-list/changes/{change.pk}/undo")
    assert "Customers that are changed back</dt><dd>3" in before.text
    signed_in.post(f"/customer-list/changes/{change.pk}/undo")
    assert bulk_change(change.pk).counts == Counts(changed=3, undone=3)
    assert {each.golden["occupation"] for each in Customer.objects.all()} == {"Baker"}
    after = signed_in.get(f"/customer-list/changes/{change.pk}/undo")
    assert after.headers["Location"] == f"/customer-list/changes/{change.pk}"


def test_many_are_changed_beside_the_page_and_the_page_says_how_far(signed_in, many, monkeypatch):
    monkeypatch.setattr(bulk_changing, "AT_ONCE", 2)
    monkeypatch.setattr(bulk_changes, "AT_ONCE", 2)
    _press(signed_in, "page", shown=many[:50])
    change = _done(signed_in)
    address = f"/customer-list/changes/{change.pk}"
    part = signed_in.get(address, headers={"HX-Request": "true"})
    assert "Being changed: 0 %" in part.text
    assert "hx-trigger" in part.text
    work_at_change(change.pk)
    assert signed_in.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    signed_in.post(f"{address}/undo")
    assert bulk_change(change.pk).state == "undoing"
    assert "Being taken back: 0 %" in signed_in.get(address).text
    work_at_change(change.pk)
    assert "taken back" in signed_in.get("/customer-list/changes").text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"value": " "}, "There is no value."),
        ({"field": "household_size", "value": "many"}, "number"),
        ({"field": "email", "value": "a@example.org"}, "cannot be done with this field"),
        ({"field": "nowhere"}, "cannot be done with this field"),
        ({"way": "double"}, "cannot be done with this field"),
    ],
)
def test_what_cannot_be_is_refused_in_words(signed_in, many, sent, told):
    _press(signed_in, "keep", chosen=many[:3], shown=many[:50])
    answer = _preview(signed_in, **sent)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_nobody_selected_is_told(signed_in, many):
    answer = signed_in.get("/customer-list/change")
    assert (answer.status_code, "Nobody is selected" in answer.text) == (422, True)
    assert signed_in.get("/customer-list/export", {"selected": "1"}).status_code == 422


def test_a_list_that_is_too_long_to_be_kept_is_refused(signed_in, many):
    _press(signed_in, "all", query="if=" + "x" * 7000)
    page = signed_in.get("/customers").text
    assert ("too long" in page, "Nobody is selected" in page) == (True, True)


def test_too_many_are_not_selected_one_by_one(signed_in, many, monkeypatch):
    monkeypatch.setattr(selection, "MOST_SINGLE", 10)
    monkeypatch.setattr("customerfile.web.selecting.MOST_SINGLE", 10)
    _press(signed_in, "page", shown=many[:50])
    page = signed_in.get("/customers").text
    assert ("can be selected one by one" in page, "Nobody is selected" in page) == (True, True)


def test_many_ask_for_a_fresh_proof_and_then_go_on(signed_in, many, monkeypatch):
    monkeypatch.setattr("customerfile.web.proof.judging_rules", lambda: Rules(1, 49))
    _press(signed_in, "page", shown=many[:50])
    page = _preview(signed_in)
    signed_in.get("/customers")
    BrowserSession.objects.update(proven_at=now() - timedelta(hours=1))
    asked = _confirm(signed_in, page)
    assert (asked.status_code, BulkChange.objects.count()) == (403, 0)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked.text))
    signed_in.post("/customer-list/change", hidden | {"proof_password": "teapot lantern gravel"})
    assert bulk_change(BulkChange.objects.get().pk).counts == Counts(changed=50)


def test_the_selected_are_exported_with_the_columns_that_are_shown(signed_in, many):
    leads = _press(
        signed_in, "export", chosen=many[:2], shown=many[:50], query="show=file.number&show=occupation"
    )
    assert leads.headers["Location"] == "/customer-list/export?show=file.number&show=occupation&selected=1"
    assert "The 2 customers you selected." in signed_in.get(leads.headers["Location"]).text
    answer = signed_in.post(leads.headers["Location"], {"ending": ".csv", "reason": ""})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Name,Number,Occupation",
        *(f"{each.display_name},{each.number},Baker" for each in many[:2]),
    ]
    entry = AuditEntry.objects.get(code="customers.list.exported")
    assert (entry.detail["count"], entry.detail["of"]) == (2, "list:selected")


def test_who_may_not_write_or_export_cannot_select_and_others_see_their_own_branch_alone(many):
    define_role("till", label="Till", permissions={Permission.SEE_CUSTOMERS}, by="x", at=now())
    define_role(
        "desk",
        label="Desk",
        permissions={Permission.SEE_CUSTOMERS, Permission.EXPORT_CUSTOMERS},
        by="x",
        at=now(),
    )
    till, desk = Client(), Client()
    till.force_login(add_user("nora", role="till", by="tests", at=now()))
    desk.force_login(add_user("dora", role="desk", by="tests", at=now()))
    limit_to_branches("dora", branches=["Leeds"], by="tests", at=now())
    assert "select-cell" not in till.get("/customers").text
    assert till.get("/customer-list/change").status_code == 403
    deliver("web", [person("y", "Yan", "York", branch="York"), person("l", "Lea", "Leeds", branch="Leeds")])
    lea, yan = Customer.objects.get(display_name="Lea Leeds"), Customer.objects.get(display_name="Yan York")
    _press(desk, "page", shown=[lea, yan, many[0]])
    assert desk.get("/customer-list/change").status_code == 403
    answer = desk.post("/customer-list/export?selected=1", {"ending": ".csv", "reason": ""})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
    assert [line.partition(",")[0] for line in lines] == ["Lea Leeds"]
