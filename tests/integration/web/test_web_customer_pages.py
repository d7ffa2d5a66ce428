"""The customer list and the customer page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customerfile.audit.models import ReadEntry
from customerfile.customers.number import customer_number
from customerfile.intake.undoing import undo_delivery
from tests.factories.customer_files import Row, buy, deliver, note, person

HTMX = {"HX-Request": "true"}
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
APRIL = datetime(2026, 4, 11, 9, tzinfo=UTC)
MARIA = {"email": "maria@example.org", "born": "1978-12-11"}
NINO = {"scheme": "gb.nino", "masked": "•••• 12 C", "digest": -123, "near": [1, 2]}


@pytest.fixture
def maria(db) -> str:
    """Maria, known to the shop since March and to the CRM since April; and her number."""
    deliver("shop", [person("1", "Maria", "Okonkwo", **MARIA)], at=MARCH)
    deliver(
        "crm",
        [person("A-7", "Maria", "Okonkwo", occupation="Architect", national_id=[NINO], **MARIA)],
        at=APRIL,
    )
    return _number("Maria Okonkwo")


def _number(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM customer WHERE display_name = %s AND state = 'active' ORDER BY id", [name]
        )
        return cursor.fetchone()[0]


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_empty_file_says_how_to_fill_it(signed_in: Client):
    page = signed_in.get("/customers").text
    assert "No customers yet" in page
    assert "Begin in three steps" in page


def test_list_costs_the_same_for_one_and_three(signed_in: Client):
    deliver("shop", [person("1", "Ada", "Bo")])
    one = _queries(signed_in, "/customers")
    deliver("shop", [person("2", "Cy", "Dee"), person("3", "Ed", "Fox")], at=APRIL)
    assert _queries(signed_in, "/customers") == one == 11


def test_list_is_walked_forwards_and_backwards(signed_in: Client, monkeypatch):
    monkeypatch.setattr("customerfile.web.customer_list._PER_PAGE", 2)
    deliver("shop", [person(str(n), "Ann", f"Family{n}") for n in range(5)])
    first = signed_in.get("/customers")
    assert ("Ann Family0" in first.text, "Ann Family2" in first.text) == (True, False)
    second = signed_in.get("/customers", {"after": first.context["page"].next})
    assert ("Ann Family2" in second.text, "Ann Family4" in second.text) == (True, False)
    back = signed_in.get("/customers", {"before": second.context["page"].previous})
    assert "Ann Family0" in back.text
    assert "Ann Family4" in signed_in.get("/customers?last").text


def test_cursor_that_means_nothing_shows_the_first_page(signed_in: Client, maria: str):
    assert "Maria Okonkwo" in signed_in.get("/customers?after=x';--").text


def test_pages_record_who_was_shown(signed_in: Client, maria: str):
    signed_in.get("/customers")
    signed_in.get(f"/customers/{maria}")
    assert list(ReadEntry.objects.order_by("id").values_list("page", flat=True)) == ["customers", "customer"]


def test_customer_page_shows_values_with_their_origin(signed_in: Client, maria: str):
    page = signed_in.get(f"/customers/{maria}").text
    assert "11 December 1978" in page
    assert "Architect" in page
    assert 'title="A-7">A-7</span>' in page
    assert "most recent" in page
    assert "unverified" in page


def test_sealed_identifier_is_masked(signed_in: Client, maria: str):
    page = signed_in.get(f"/customers/{maria}").text
    assert "•••• 12 C" in page
    assert "-123" not in page


def test_vital_statistics(signed_in: Client, maria: str):
    buy("shop", "1", number=1, at=MARCH, amount="20.00")
    buy("shop", "1", number=2, at=APRIL, amount="-5.00")
    context = signed_in.get(f"/customers/{maria}").context
    shown = {fact.label: (fact.value, fact.note) for fact in (*context["facts"], *context["purchases"])}
    assert shown["Customer since"] == ("2 Mar 2026", "first purchase")
    assert shown["Last contact"][0] == "11 Apr 2026"
    assert shown["Orders"] == ("1", "1 return")
    assert shown["Net total"] == ("£15.00", "after £5.00 returned")
    assert shown["Average order"] == ("£20.00", "")
    assert shown["Last order"] == ("2 Mar 2026", "")


def test_page_costs_the_same_for_one_and_three_records(signed_in: Client, maria: str):
    deliver("shop", [person("9", "Zoe", "Lone")])
    one = _queries(signed_in, f"/customers/{_number('Zoe Lone')}")
    deliver("web", [person("w", "Maria", "Okonkwo", **MARIA)], at=APRIL)
    for number in range(3):
        buy("shop", "1", number=number, at=APRIL)
    assert _queries(signed_in, f"/customers/{maria}") == one == 23


def test_timeline_goes_on_with_older_events(signed_in: Client, maria: str):
    for number in range(22):
        buy("shop", "1", number=number, at=MARCH + timedelta(days=number))
    note("crm", "A-7", number=1, at=APRIL, text="Asked for a call back")
    page = signed_in.get(f"/customers/{maria}")
    assert "Asked for a call back" in page.text
    assert "Teapot 0<" not in page.text
    older = signed_in.get(
        f"/customers/{maria}", {"older": page.context["timeline"].events.next}, headers=HTMX
    )
    assert "Teapot 0<" in older.text
    assert older.text.lstrip().startswith("<li")
    assert (
        "<html" in signed_in.get(f"/customers/{maria}", {"older": page.context["timeline"].events.next}).text
    )


def test_what_the_file_said_on_a_past_day(signed_in: Client, maria: str):
    past = signed_in.get(f"/customers/{maria}", {"on": "2026-03-20"}).text
    assert "What the file said at the end of" in past
    assert "<dd>\n" in past
    assert "most recent" not in past
    assert "•••• 12 C" not in past


@pytest.mark.parametrize("day", ["2026-02-30", "soon", "9999-12-31", ""])
def test_day_that_is_none_shows_today(signed_in: Client, maria: str, day: str):
    assert "Architect" in signed_in.get(f"/customers/{maria}", {"on": day}).text


def test_day_before_the_customer_came_is_not_found(signed_in: Client, maria: str):
    answer = signed_in.get(f"/customers/{maria}", {"on": "2020-01-01"})
    assert (answer.status_code, "was not in the file on" in answer.text) == (404, True)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (customer_number(9_999_999), "There is no customer"),
        ("0000001Y", "is not a customer number"),
        ("x", "is not a customer number"),
    ],
)
def test_unknown_number_says_so(signed_in: Client, maria: str, number: str, words: str):
    answer = signed_in.get(f"/customers/{number}")
    assert (answer.status_code, words in answer.text) == (404, True)


def test_number_without_its_zeros_leads_to_the_customer(signed_in: Client, maria: str):
    assert signed_in.get(f"/customers/{maria.lstrip('0')}")["Location"] == f"/customers/{maria}"


def test_merged_number_leads_to_the_survivor_and_says_why(signed_in: Client, maria: str):
    deliver("web", [person("w", "Mary", "Elsewhere", email="mary@example.org")], at=MARCH)
    gone = _number("Mary Elsewhere")
    deliver("web", [person("w", "Maria", "Okonkwo", **MARIA)], at=APRIL)
    answer = signed_in.get(f"/customers/{gone}", follow=True)
    assert answer.redirect_chain == [(f"/customers/{maria}", 302)]
    assert f"Customer {gone} was found to be the same as {maria}" in answer.text
    assert "Mary" in signed_in.get(f"/customers/{gone}", {"on": "2026-03-20"}).text


def test_withdrawn_number_says_so_and_still_tells_the_past(signed_in: Client, test_home):
    delivery = deliver("shop", [person("1", "Zoe", "Lone")], at=MARCH)
    number = _number("Zoe Lone")
    undo_delivery(delivery, home=test_home, by="tests")
    answer = signed_in.get(f"/customers/{number}")
    assert (answer.status_code, "was withdrawn" in answer.text) == (404, True)
    assert "Zoe" in signed_in.get(f"/customers/{number}", {"on": "2026-03-20"}).text


def test_link_is_explained_comparison_by_comparison(signed_in: Client, maria: str):
    file = signed_in.get(f"/customers/{maria}").context["file"]
    joined = next(record for record in file.records if record.weight is not None)
    address = f"/customers/{maria}/records/{joined.record_id}"
    assert "same birth date" in signed_in.get(address).text
    part = signed_in.get(address, headers=HTMX).text
    assert ("same birth date" in part, "<html" in part) == (True, False)


def test_record_of_somebody_else_is_not_explained_here(signed_in: Client, maria: str):
    deliver("shop", [person("9", "Zoe", "Lone")])
    other = signed_in.get(f"/customers/{_number('Zoe Lone')}").context["file"].records[0].record_id
    assert signed_in.get(f"/customers/{maria}/records/{other}").status_code == 404


def test_what_sources_deliver_is_shown_as_text(signed_in: Client):
    evil = "<script>alert(1)</script>"
    deliver("shop", [Row("1", {"kind": "person", "given_name": evil, "family_name": "Bo"}, {"Name": evil})])
    page = signed_in.get("/customers").text + signed_in.get(f"/customers/{_number(evil + ' Bo')}").text
    assert evil not in page
    assert "&lt;script&gt;" in page
