"""A customer is entered on a page: what is understood, whom it is like, saving once, and nothing lost on the way."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE
from customerfile.access.users import add_user, define_role
from customerfile.audit.models import ReadEntry
from customerfile.base.clock import now
from customerfile.customers.models import Customer, Judgement
from customerfile.customers.queries import customer_file
from customerfile.sources.models import Record
from tests.factories.customer_files import deliver, person

HTMX = {"HX-Request": "true"}
NEW = "/customers/new"
NILS = {"given_name.1": "Nils", "family_name.1": "Aaberg"}
ROSA = {
    "given_name.1": "Rosa",
    "family_name.1": "Lindner",
    "email.1": "rosa@example.org",
    "birth_date.1": "29.2.1980",
}


@pytest.fixture
def rosa(db) -> str:
    deliver("shop", [person("1", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.org")])
    return Customer.objects.get().number


def _hidden(page) -> dict[str, str]:
    """What the form carries unseen."""
    found = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', page.content.decode()))
    return {name: found[name] for name in ("form", "kind", "mark")}


def _opened(client: Client, address: str = NEW) -> dict[str, str]:
    return _hidden(client.get(address))


def _number(answer) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rsplit("/", 1)[1]


def test_a_person_is_entered_and_saved(signed_in: Client, owner):
    number = _number(
        signed_in.post(NEW, _opened(signed_in) | NILS | {"phone.1": "020 7946 0018", "country": "GB"})
    )
    said = {
        field.key: [value.shown for value in field.values]
        for field in customer_file(number, sight=WHOLE).fields
    }
    assert said == {"given_name": ["Nils"], "family_name": ["Aaberg"], "phone": ["+44 20 7946 0018"]}
    assert (
        "Saved as customer" in signed_in.get(reverse("customer", kwargs={"number": number})).content.decode()
    )


def test_an_organisation_has_fields_of_its_own(signed_in: Client):
    page = signed_in.get(f"{NEW}?kind=organisation").content.decode()
    assert 'name="organisation_name.1"' in page
    assert 'name="given_name.1"' not in page


def test_what_is_understood_is_shown_while_typing_and_nothing_is_kept(signed_in: Client, owner):
    typed = NILS | {
        "phone.1": "020 7946 0018",
        "country": "GB",
        "email.1": "nils at example",
        "kind": "person",
    }
    text = signed_in.post(f"{NEW}/check", typed, headers=HTMX).content.decode()
    assert '<span class="entry-understood">+44 20 7946 0018</span>' in text
    assert 'id="about-email-1" hx-swap-oob="innerMorph"><span class="form-error">' in text
    assert Record.objects.count() == 0


def test_what_cannot_be_read_is_told_at_saving_and_stays_in_its_box(signed_in: Client, owner):
    told = signed_in.post(NEW, _opened(signed_in) | NILS | {"email.1": "nils at example"})
    assert told.status_code == 422
    text = told.content.decode()
    assert 'value="nils at example"' in text
    assert "Nothing is saved yet" in text
    assert Record.objects.count() == 0


def test_a_name_is_needed(signed_in: Client, owner):
    told = signed_in.post(NEW, _opened(signed_in) | {"email.1": "nils@example.org"})
    assert told.status_code == 422
    assert "A customer needs a name. Write it." in told.content.decode()


def test_who_is_alike_is_shown_before_saving_and_written_down_as_seen(signed_in: Client, rosa):
    text = signed_in.post(f"{NEW}/check", ROSA | {"kind": "person"}, headers=HTMX).content.decode()
    assert "Taken for the same" in text
    assert rosa in text
    assert "same birth date" in text
    assert ReadEntry.objects.get().page == "new-customer"


def test_nothing_is_saved_past_somebody_alike(signed_in: Client, rosa):
    told = signed_in.post(NEW, _opened(signed_in) | ROSA)
    assert told.status_code == 409
    assert "Say whether it is one of these customers" in told.content.decode()
    assert Record.objects.count() == 1
    assert _number(signed_in.post(NEW, _hidden(told) | ROSA | {"do": f"add:{rosa}"})) == rosa
    assert Record.objects.count() == 2


def test_a_different_customer_stays_apart(signed_in: Client, rosa):
    told = signed_in.post(NEW, _opened(signed_in) | ROSA)
    number = _number(signed_in.post(NEW, _hidden(told) | ROSA | {"do": "apart"}))
    assert number != rosa
    assert Judgement.objects.get().verdict == "not_a_match"


def test_a_second_customer_alike_who_came_meanwhile_is_shown_first(signed_in: Client, rosa):
    told = signed_in.post(NEW, _opened(signed_in) | ROSA)
    deliver("crm", [person("7", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.org")])
    again = signed_in.post(NEW, _hidden(told) | ROSA | {"do": "apart"})
    assert again.status_code == 409
    assert Record.objects.count() == 2


def test_a_form_that_is_sent_twice_is_saved_once(signed_in: Client, owner):
    sent = _opened(signed_in) | NILS
    first, second = signed_in.post(NEW, sent), signed_in.post(NEW, sent)
    assert _number(first) == _number(second)
    assert Record.objects.count() == 1


def test_what_was_changed_after_saving_is_not_lost(signed_in: Client, owner):
    sent = _opened(signed_in) | NILS
    number = _number(signed_in.post(NEW, sent))
    told = signed_in.post(NEW, sent | {"email.1": "nils@example.org"})
    text = told.content.decode()
    assert told.status_code == 409
    assert "you changed it since" in text
    assert number in text
    assert 'value="nils@example.org"' in text
    assert Record.objects.count() == 1


def test_the_form_of_somebody_else_is_no_key(signed_in: Client, owner):
    sent = {"form": "made up", "kind": "person"} | ROSA
    assert signed_in.post(NEW, sent).status_code == 302
    assert signed_in.post(NEW, sent).status_code == 409  # held against the first one


def test_one_more_line_and_the_other_kind_lose_nothing(signed_in: Client, owner):
    typed = _opened(signed_in) | NILS | {"email.1": "nils@example.org"}
    more = signed_in.post(NEW, typed | {"do": "more:email"}).content.decode()
    assert 'name="email.2" value=""' in more
    assert 'value="nils@example.org"' in more
    other = signed_in.post(NEW, typed | {"do": "kind:organisation"}).content.decode()
    assert '<input type="hidden" name="given_name.1" value="Nils">' in other
    assert 'value="nils@example.org"' in other


@pytest.mark.parametrize(
    ("query", "where"),
    [("nils aaberg", "family_name.1"), ("nils@example.org", "email.1"), ("+44 20 7946 0018", "phone.1")],
)
def test_a_search_that_finds_nobody_carries_over(signed_in: Client, owner, query, where):
    page = signed_in.post("/", {"q": query}, headers=HTMX).content.decode()
    assert 'href="/customers/new?found"' in page
    text = signed_in.get(f"{NEW}?found").content.decode()
    box = re.search(rf'name="{re.escape(where)}" value="([^"]*)"', text)
    assert box is not None
    assert box[1] in ("Aaberg", query)


def test_what_is_typed_stands_in_no_address(signed_in: Client, rosa):
    for answer in (signed_in.get(NEW), signed_in.post(NEW, _opened(signed_in) | ROSA)):
        addresses = re.findall(r'(?:href|action|hx-post)="([^"]*)"', answer.content.decode())
        assert not any("rosa" in address.lower() for address in addresses)


def test_who_may_enter_and_look_nobody_up_sees_nobody(client: Client, rosa):
    define_role("clerk", label="Clerk", permissions={Permission.WRITE_CUSTOMERS}, by="tests", at=now())
    client.force_login(add_user("carla", role="clerk", by="tests", at=now()))
    text = client.post(f"{NEW}/check", ROSA | {"kind": "person"}, headers=HTMX).content.decode()
    assert "There is somebody like this whom you may not see" in text
    assert rosa not in text
    told = client.post(NEW, _opened(client) | ROSA)
    assert rosa not in told.content.decode()
    assert client.post(NEW, _hidden(told) | ROSA | {"do": "apart"})["Location"] == NEW
    text = client.get(NEW).content.decode()
    assert "Saved." in text
    assert rosa not in text
