"""The timeline on a customer's page: filters, places, links to events; and the notes that are written there."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg.errors import QueryCanceled

from customerfile.access.users import add_user, define_role, limit_to_branches
from customerfile.audit.models import ReadEntry
from customerfile.base.clock import now
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.models import Customer, Link
from customerfile.timeline.models import Note
from tests.factories.customer_files import buy, deliver, note, person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def maria(test_home) -> str:
    """Maria with 22 purchases, a day apart, and a note from the CRM; and her number."""
    known = {"email": "maria@example.org", "born": "1978-12-11"}
    deliver("shop", [person("1", "Maria", "Okonkwo", **known)], at=MARCH)
    deliver("crm", [person("A-7", "Maria", "Okonkwo", **known)], at=MARCH)
    for number in range(22):
        buy("shop", "1", number=number, at=MARCH + timedelta(days=number))
    note("crm", "A-7", number=1, at=MARCH + timedelta(days=40), text='Asked for 100 % "wool", 50_x')
    return Customer.objects.get().number


def _shown(client: Client, address: str) -> list[str]:
    return [each.event.summary for each in client.get(address).context["timeline"].entries]


def _filter(client: Client, number: str, **typed: object) -> str:
    return client.post(f"/customers/{number}/timeline", typed)["Location"].partition("#")[0]


def _write(client: Client, number: str, text: str) -> Note:
    client.post(f"/customers/{number}/notes", {"text": text})
    return Note.objects.latest("id")


def test_kinds_and_period_stand_in_the_address(signed_in: Client, maria: str):
    address = _filter(
        signed_in, maria, kind=["Order Completed"], **{"from": "2026-03-04", "to": "2026-03-05"}
    )
    assert parse_qs(urlsplit(address).query) == {
        "kind": ["Order Completed"],
        "from": ["2026-03-04"],
        "to": ["2026-03-05"],
    }
    assert _shown(signed_in, address) == ["Teapot 3", "Teapot 2"]
    chips = signed_in.get(address).context["timeline"].chips
    assert [each.words for each in chips] == ["Purchase", "from 4 Mar 2026", "to 5 Mar 2026"]
    assert len(_shown(signed_in, f"/customers/{maria}?{chips[2].link}")) == 20


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("teapot 21", ["Teapot 21"]),
        ("TEAPOT O-7", ["Teapot 7"]),
        ("asked wool", ['Asked for 100 % "wool", 50_x']),
        ('"wool"', ['Asked for 100 % "wool", 50_x']),
        ("100 %", ['Asked for 100 % "wool", 50_x']),
        ("50_x", ['Asked for 100 % "wool", 50_x']),
        ("note", ['Asked for 100 % "wool", 50_x']),
        ("5%0", []),
        ("products", []),
        ("\\", []),
    ],
)
def test_words_are_found_and_stand_in_no_address(signed_in: Client, maria: str, words: str, found: list[str]):
    address = _filter(signed_in, maria, words=words)
    assert words.split()[0] not in parse_qs(urlsplit(address).query)["words"][0]
    assert _shown(signed_in, address) == found


def test_words_of_a_page_go_on_with_older_ones(signed_in: Client, maria: str):
    address = _filter(signed_in, maria, words="teapot")
    older = signed_in.get(address).context["timeline"].older
    part = signed_in.get(f"/customers/{maria}?{older}", headers=HTMX).text
    assert ("Teapot 0<" in part, "Teapot 1<" in part, "Teapot 2<" in part) == (True, True, False)


@pytest.mark.parametrize("asked", ["words=abc", "from=soon", "to=9999-12-31", "words=" + "A" * 60])
def test_an_address_that_cannot_be_read_says_so(signed_in: Client, maria: str, asked: str):
    page = signed_in.get(f"/customers/{maria}?{asked}").text
    assert "This part of the timeline cannot be read from the address." in page


def test_nothing_found_names_the_remedy(signed_in: Client, maria: str):
    assert (
        "Nothing like that is on the timeline" in signed_in.get(_filter(signed_in, maria, words="zebra")).text
    )


def test_a_search_that_takes_too_long_says_so(signed_in: Client, maria: str, monkeypatch):
    def slow(name, parameters):
        raise OperationalError from QueryCanceled()

    address = _filter(signed_in, maria, words="teapot")
    rows = "customerfile.timeline.queries._rows"
    monkeypatch.setattr(rows, lambda name, asked: slow(name, asked) if name == "find_events" else [])
    page = signed_in.get(address).text
    assert "To look for these words took longer than 3 seconds and was stopped." in page
    assert "Choose a period or a kind as well." in page


def test_a_link_leads_to_an_event_however_old(signed_in: Client, maria: str):
    number = merge_twin(maria)
    oldest = (
        signed_in.get(f"/customers/{maria}?older=1772700000000000.0").context["timeline"].entries[-1].event
    )
    answer = signed_in.get(f"/customers/{number}?event={oldest.place}", follow=True)
    assert answer.redirect_chain == [(f"/customers/{maria}?event={oldest.place}", 302)]
    assert f'id="event-{oldest.id}"' in answer.text
    assert "Back to the newest" in answer.text


def merge_twin(number: str) -> str:
    """Somebody who was merged into this customer; their number."""
    deliver("web", [person("w", "Emil", "Sommer")])
    gone = Link.objects.get(record__key="w", valid_to=None).customer.number
    merge_customers([number, gone], by="tests", at=now())
    return gone


@pytest.mark.parametrize("asked", ["kind=%00", "kind=Nothing", "older=-62135596800000000.1", "older=%00"])
def test_an_address_of_nothing_harms_nothing(signed_in: Client, maria: str, asked: str):
    assert signed_in.get(f"/customers/{maria}?{asked}").status_code == 200


def test_a_word_that_cannot_be_stored_is_looked_for_without_harm(signed_in: Client, maria: str):
    assert _shown(signed_in, _filter(signed_in, maria, words="teapot\x0021")) == ["Teapot 21"]


@pytest.mark.parametrize("event", ["x", "1.x", "-1.-1", "9" * 40, "1." + "9" * 40])
def test_a_link_that_means_nothing_harms_nothing(signed_in: Client, maria: str, event: str):
    assert signed_in.get(f"/customers/{maria}?event={event}").status_code == 200


def test_days_stand_above_their_events_once(signed_in: Client, maria: str):
    buy("shop", "1", number=99, at=MARCH + timedelta(hours=1))
    page = signed_in.get(f"/customers/{maria}")
    days = [each.day for each in page.context["timeline"].entries]
    assert days[:2] == ["11 Apr 2026", "23 Mar 2026"]
    below = f"/customers/{maria}?older={page.context['timeline'].entries[-1].event.place}"
    last = signed_in.get(below).context["timeline"].entries
    assert [each.day for each in last[-2:]] == ["2 Mar 2026", ""]
    again = signed_in.get(f"/customers/{maria}?older={last[-2].event.place}").context["timeline"].entries
    assert [each.day for each in again] == [""]


def test_a_note_is_written_changed_and_taken_away(signed_in: Client, maria: str):
    written = _write(signed_in, maria, "Call on Monday, @olive and @nobody.")
    page = signed_in.get(f"/customers/{maria}").text
    assert "@nobody: nobody of that name sees notes here" in page
    assert '<strong class="note-mention">@olive</strong>' in page
    address = f"/customers/{maria}/notes/{written.pk}"
    assert "Call on Monday" in signed_in.get(address, headers=HTMX).text
    changed = signed_in.post(address, {"text": "Called.", "version": "1", "do": "save"}, follow=True).text
    assert "What it said before" in changed
    assert f'id="event-{written.pk}"' in changed
    gone = signed_in.post(address, {"text": "", "version": "2", "do": "remove"}, follow=True).text
    assert "A note that olive took away" in gone
    assert "Call on Monday" not in gone
    assert signed_in.get(address).status_code == 404


def test_what_a_note_says_is_shown_as_text(signed_in: Client, maria: str):
    evil = "<script>alert(1)</script>@olive<img src=x onerror=alert(2)>"
    written = _write(signed_in, maria, evil)
    signed_in.post(f"/customers/{maria}/notes/{written.pk}", {"text": f"{evil} again", "version": "1"})
    addresses = (f"/customers/{maria}", f"/customers/{maria}/notes/{written.pk}", "/for-you")
    for page in [signed_in.get(address).text for address in addresses]:
        assert "<script>alert" not in page
        assert "<img" not in page.replace('<img src="/static', "")


def test_a_note_that_is_refused_stays_to_be_mended(signed_in: Client, maria: str):
    answer = signed_in.post(f"/customers/{maria}/notes", {"text": "4111 1111 1111 1111"})
    assert answer.status_code == 422
    assert "The note holds a payment card number, which is never stored." in answer.text
    assert "4111 1111 1111 1111</textarea>" in answer.text


def test_the_remedy_for_a_refused_note_is_told_once(signed_in: Client, maria: str):
    page = signed_in.post(f"/customers/{maria}/notes", {"text": " "}).text
    assert page.count("Write what is to be remembered.") == 1


def test_two_windows_on_a_note_lose_nothing(signed_in: Client, maria: str):
    address = f"/customers/{maria}/notes/{_write(signed_in, maria, 'One.').pk}"
    signed_in.post(address, {"text": "Two.", "version": "1"})
    answer = signed_in.post(address, {"text": "Three.", "version": "1"})
    assert (answer.status_code, "It says now: “Two.”" in answer.text) == (409, True)
    assert "Three.</textarea>" in answer.text
    signed_in.post(address, {"text": "Three.", "version": "2"})
    assert Note.objects.get().text == "Three."


def test_nobody_else_may_change_a_note(signed_in: Client, client: Client, maria: str):
    written = _write(signed_in, maria, "Mine.")
    other = Client()
    other.force_login(add_user("nora", role="front-line", by="tests", at=now()))
    address = f"/customers/{maria}/notes/{written.pk}"
    assert "Change<span" not in other.get(f"/customers/{maria}").text
    assert [other.get(address).status_code, other.post(address, {"do": "remove"}).status_code] == [404, 404]


def test_a_note_is_changed_under_its_own_customer_alone(signed_in: Client, maria: str):
    written = _write(signed_in, maria, "Mine.")
    deliver("web", [person("w", "Emil", "Sommer")])
    emil = Link.objects.get(record__key="w", valid_to=None).customer.number
    assert signed_in.get(f"/customers/{emil}/notes/{written.pk}").status_code == 404


def test_who_is_mentioned_finds_it_until_it_is_done(signed_in: Client, maria: str):
    nora = Client()
    nora.force_login(add_user("nora", role="front-line", by="tests", at=now()))
    assert "Nothing waits for you" in nora.get("/for-you").text
    written = _write(signed_in, maria, "Please call, @nora.")
    page = nora.get("/for-you").text
    assert ("Maria Okonkwo" in page, "Please call" in page) == (True, True)
    assert ReadEntry.objects.latest("id").page == "for-you"
    nora.post(f"/for-you/{written.pk}/done")
    assert "Nothing waits for you" in nora.get("/for-you").text


def test_a_mention_shows_nothing_that_is_hidden(signed_in: Client, maria: str):
    user = add_user("nora", role="front-line", by="tests", at=now())
    nora = Client()
    nora.force_login(user)
    _write(signed_in, maria, "Secret, @nora.")
    limit_to_branches("nora", branches=["York"], by="tests", at=now())
    assert "Secret" not in nora.get("/for-you").text
    limit_to_branches("nora", branches=None, by="tests", at=now())
    define_role("front-line", label="", permissions={"customers.see"}, fields=["phone"], by="x", at=now())
    assert "Secret" not in nora.get("/for-you").text
    assert "Secret" not in nora.get(f"/customers/{maria}").text
