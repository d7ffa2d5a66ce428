"""The customer list: columns, filters and order; what is hidden from somebody is not in it."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from customerfile.access.permissions import Permission
from customerfile.access.users import add_user, define_role
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.customers.listing import pages
from customerfile.customers.listing.offered import Operator
from customerfile.customers.listing.question import Condition
from customerfile.customers.models import SavedView
from customerfile.web.list_address import written
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(db):
    town = {"address": [{"line": "1 High St", "city": "Leeds", "country": "GB"}]}
    deliver(
        "crm",
        [
            person(
                "1",
                "Ada",
                "Quist",
                email="ada@example.org",
                born="1980-05-17",
                occupation="Architect",
                **town,
            ),
            person("2", "Ben", "Rowe", phone="+442079460101", born="1990", occupation="architect"),
            person("3", "Cleo", "Stone", email="cleo@example.org", born="2001-01-02", gender="female"),
            person("4", "Dan", "Tree", occupation="Baker", gender="male"),
        ],
    )


@pytest.fixture
def till(four) -> Client:
    """A browser of somebody who sees telephones and occupations alone."""
    fields = ["phone", "occupation"]
    define_role("till", label="Till", permissions={Permission.SEE_CUSTOMERS}, fields=fields, by="x", at=now())
    browser = Client()
    browser.force_login(add_user("nora", role="till", by="tests", at=now()))
    return browser


def names(answer) -> list[str]:
    return re.findall(r'class="row-link"[^>]*>([^<]*)<', answer.text)


def filtered(
    client: Client, *conditions: tuple[str, Operator, str], sort: str = "", show: list[str] | None = None
):
    asked = [written(Condition(field, way, (text,) if text else ())) for field, way, text in conditions]
    return client.get("/customers", {"if": asked, "sort": sort, "show": show or []})


ALL = ["Ada Quist", "Ben Rowe", "Cleo Stone", "Dan Tree"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (("given_name", Operator.IS, "ADA"), ["Ada Quist"]),
        (("family_name", Operator.CONTAINS, "o"), ["Ben Rowe", "Cleo Stone"]),
        (("family_name", Operator.CONTAINS, "TON"), ["Cleo Stone"]),
        (("family_name", Operator.CONTAINS, "tree-"), []),
        (("given_name", Operator.CONTAINS, "stone"), []),
        (("email", Operator.IS, "cleo@example.org"), ["Cleo Stone"]),
        (("email", Operator.CONTAINS, "EXAMPLE"), ["Ada Quist", "Cleo Stone"]),
        (("email", Operator.EMPTY, ""), ["Ben Rowe", "Dan Tree"]),
        (("phone", Operator.FILLED, ""), ["Ben Rowe"]),
        (("phone", Operator.CONTAINS, "7946 0101"), ["Ben Rowe"]),
        (("address", Operator.CONTAINS, "leeds"), ["Ada Quist"]),
        (("birth_date", Operator.BEFORE, "1990-06-01"), ["Ada Quist", "Ben Rowe"]),
        (("birth_date", Operator.AFTER, "1 Jan 2001"), ["Cleo Stone"]),
        (("gender", Operator.ONE_OF, "male"), ["Dan Tree"]),
        (("occupation", Operator.IS, "Architect"), ["Ada Quist", "Ben Rowe"]),
        (("occupation", Operator.CONTAINS, "%"), []),
        (("file.kind", Operator.ONE_OF, "organisation"), []),
        (("file.records", Operator.ABOVE, "1"), []),
        (("file.since", Operator.AFTER, "2000-01-01"), ALL),
        (("file.changed", Operator.BEFORE, "2000-01-01"), []),
    ],
)
def test_filters(signed_in: Client, four, condition, found):
    assert names(filtered(signed_in, condition)) == found


def test_filters_are_joined_by_and(signed_in: Client, four):
    conditions = ("email", Operator.FILLED, ""), ("birth_date", Operator.AFTER, "1990-01-01")
    assert names(filtered(signed_in, *conditions)) == ["Cleo Stone"]


def test_what_is_typed_stands_in_no_address(signed_in: Client, four):
    sent = {"field": "given_name", "operator": "is", "value": "Ada"}
    answer = signed_in.post("/customers?show=occupation&sort=-file.name", sent)
    assert answer.status_code == 302
    assert "Ada" not in answer["Location"]
    page = signed_in.get(answer["Location"])
    assert names(page) == ["Ada Quist"]
    assert "First name is Ada" in page.text
    assert "Architect" in page.text


def test_a_sealed_value_is_of_its_field_alone(signed_in: Client, four):
    moved = written(Condition("given_name", Operator.IS, ("Ada",))).replace("given_name", "occupation")
    answer = signed_in.get("/customers", {"if": moved})
    assert (answer.status_code, "A filter in this address cannot be read." in answer.text) == (422, True)


@pytest.mark.parametrize(
    "text", ["", "x", "given_name", "given_name~is~!", "given_name~is~AAAA", "email~empty~AA"]
)
def test_addresses_that_cannot_be_read(signed_in: Client, four, text):
    assert signed_in.get("/customers", {"if": text}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            {"field": "birth_date", "operator": "before", "value": "soon"},
            "Date of birth is compared with a date.",
        ),
        (
            {"field": "file.records", "operator": "above", "value": "many"},
            "Records is compared with a number.",
        ),
        ({"field": "given_name", "operator": "is", "value": " "}, "Say what First name is compared with."),
        ({"field": "gender", "operator": "one-of", "value": "x"}, "Gender has no such choice."),
        ({"field": "given_name", "operator": "before", "value": "x"}, "First name cannot be filtered so."),
        ({"field": "given_name", "operator": "near", "value": "x"}, "This is no way to filter."),
        ({"field": "nothing", "operator": "is", "value": "x"}, "not there for you"),
    ],
)
def test_filters_that_are_refused_say_why(signed_in: Client, four, sent, told):
    answer = signed_in.post("/customers", sent)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_columns_are_chosen(signed_in: Client, four):
    page = signed_in.get("/customers?show=occupation&show=file.number").text
    assert re.findall(r'<th scope="col"[^>]*><a[^>]*>([^<]*)</a>', page) == ["Name ↑", "Occupation", "Number"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("-file.name", ALL[::-1]),
        ("-file.number", ALL[::-1]),
        ("birth_date", ["Ada Quist", "Ben Rowe", "Cleo Stone", "Dan Tree"]),
        ("-birth_date", ["Cleo Stone", "Ben Rowe", "Ada Quist", "Dan Tree"]),
        ("phone", ["Ben Rowe", "Ada Quist", "Cleo Stone", "Dan Tree"]),
    ],
)
def test_order(signed_in: Client, four, sort, found):
    assert names(signed_in.get("/customers", {"sort": sort})) == found


@pytest.mark.parametrize("sort", ["", "-file.name", "file.number", "birth_date", "-occupation"])
def test_pages_of_every_order_go_both_ways(signed_in: Client, four, monkeypatch, sort):
    monkeypatch.setattr("customerfile.web.customer_list._PER_PAGE", 3)
    whole = {"sort": sort}
    first = signed_in.get("/customers", whole)
    after = re.search(r"after=(\d+)", first.text)[1]
    second = signed_in.get("/customers", whole | {"after": after})
    before = re.search(r"before=(\d+)", second.text)[1]
    assert sorted(names(first) + names(second)) == ALL
    assert names(signed_in.get("/customers", whole | {"before": before})) == names(first)
    assert names(second)[-1] == names(signed_in.get("/customers", whole | {"last": ""}))[-1]


def test_other_orders_are_for_few_customers(signed_in: Client, four, monkeypatch):
    monkeypatch.setattr(pages, "MOST_SORTED", 3)
    answer = signed_in.get("/customers?sort=occupation")
    assert (answer.status_code, "works for up to 3 customers" in answer.text) == (422, True)
    answer = filtered(signed_in, ("occupation", Operator.FILLED, ""), sort="occupation")
    assert names(answer) == ["Ada Quist", "Ben Rowe", "Dan Tree"]


def test_a_list_that_takes_too_long_is_stopped(signed_in: Client, four, monkeypatch):
    monkeypatch.setattr(pages, "_SECONDS", 0.001)
    monkeypatch.setattr(pages, "few_sql", lambda asked: ("SELECT pg_sleep(1)", {}))
    answer = signed_in.get("/customers?sort=occupation")
    assert (answer.status_code, "were stopped" in answer.text) == (503, True)


def test_counts_say_what_they_are(signed_in: Client, four, monkeypatch):
    monkeypatch.setattr("customerfile.web.customer_list._PER_PAGE", 1)
    asked = ("occupation", Operator.FILLED, "")
    assert '<p class="page-count">3</p>' in filtered(signed_in, asked).text
    monkeypatch.setattr(pages, "_COUNTED_EXACTLY", 1)
    assert '<p class="page-count">about 3</p>' in filtered(signed_in, asked).text
    monkeypatch.setattr(pages, "_SECONDS_TO_COUNT", 0.001)
    monkeypatch.setattr(pages, "few_sql", lambda asked: ("SELECT pg_sleep(1)", {}))
    assert '<p class="page-count">at least 1</p>' in filtered(signed_in, asked).text


def test_nothing_found_says_so(signed_in: Client, four):
    assert "No customer answers these filters" in filtered(signed_in, ("given_name", Operator.IS, "Zoe")).text


# what is hidden


@pytest.mark.parametrize(
    "asked",
    [
        {"show": "email"},
        {"show": "file.place"},
        {"sort": "email"},
        {"sort": "-birth_date"},
        {"sort": "file.name"},
        {"if": "email~empty"},
        {"if": "birth_date~filled"},
    ],
)
def test_hidden_fields_are_neither_shown_nor_sorted_nor_filtered_by(till: Client, asked):
    answer = till.get("/customers", asked)
    assert (answer.status_code, "not there for you" in answer.text, names(answer)) == (422, True, [])


def test_a_link_with_a_hidden_value_does_not_open_it(till: Client):
    answer = filtered(till, ("given_name", Operator.IS, "Ada"))
    assert (answer.status_code, "Ada" in answer.text) == (422, False)


def test_a_filter_by_a_hidden_field_is_refused_as_one_that_does_not_exist(till: Client):
    sent = {"operator": "is", "value": "Ada"}
    told = [till.post("/customers", sent | {"field": field}) for field in ("given_name", "nothing")]
    assert [(each.status_code, "not there for you" in each.text) for each in told] == [(422, True)] * 2


def test_hidden_fields_are_not_offered(till: Client):
    page = till.get("/customers").text
    assert ("Occupation" in page, "Date of birth" in page, "First name" in page) == (True, False, False)


def test_what_is_shown_in_part_is_filtered_and_sorted(till: Client):
    answer = filtered(till, ("occupation", Operator.IS, "baker"), show=["occupation"])
    assert "Baker" in answer.text
    assert till.get("/customers?sort=occupation").status_code == 200
    assert "Quist" not in till.get("/customers?sort=-file.number").text


# what is shown leaves


def test_what_is_shown_is_exported_and_written_down(signed_in: Client, four):
    shown = {
        "if": written(Condition("occupation", Operator.IS, ("architect",))),
        "show": ["occupation", "file.records"],
        "sort": "-file.name",
    }
    address = f"/customer-list/export?{urlencode(shown, doseq=True)}"
    assert "Customers with: Occupation is architect" in signed_in.get(address).text
    file = b"".join(signed_in.post(address, {"ending": ".csv"}).streaming_content).decode()
    assert file.splitlines() == ["Name,Occupation,Records", "Ben Rowe,architect,1", "Ada Quist,Architect,1"]
    detail = AuditEntry.objects.get(code="customers.list.exported").detail
    assert (detail["count"], detail["of"]) == (2, "list:occupation~is")
    assert detail["columns"] == ["file.name", "occupation", "file.records"]
    assert detail["format"] == "csv"


def test_the_export_of_a_french_page_is_french(signed_in: Client, four):
    shown = {"if": written(Condition("occupation", Operator.IS, ("Architect",))), "show": ["birth_date"]}
    address = f"/customer-list/export?{urlencode(shown, doseq=True)}"
    answer = signed_in.post(address, {"ending": ".csv"}, headers={"Accept-Language": "fr"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines == ["Nom,Date de naissance", "Ada Quist,17 mai 1980", "Ben Rowe,1990"]


def test_spreadsheets_are_exported(signed_in: Client, four):
    file = b"".join(signed_in.post("/customer-list/export", {"ending": ".xlsx"}).streaming_content)
    assert file[:2] == b"PK"


def test_many_need_a_reason(signed_in: Client, four, settings):
    settings.EXPORT_REASON_ABOVE = "3"
    answer = signed_in.post("/customer-list/export", {"ending": ".csv"})
    assert (answer.status_code, "that needs a reason" in answer.text) == (422, True)
    given = {"ending": ".csv", "reason": "the yearly letter"}
    file = b"".join(signed_in.post("/customer-list/export", given).streaming_content).decode()
    assert file.count("the yearly letter") == 4


def test_hidden_fields_do_not_leave(four):
    define_role(
        "out", label="Out", permissions={Permission.SEE_CUSTOMERS, Permission.EXPORT_CUSTOMERS},
        fields=["phone"], by="x", at=now(),
    )  # fmt: skip
    browser = Client()
    browser.force_login(add_user("omar", role="out", by="tests", at=now()))
    assert browser.post("/customer-list/export?show=email", {"ending": ".csv"}).status_code == 422
    assert browser.post("/customer-list/export?if=email~filled", {"ending": ".csv"}).status_code == 422
    file = b"".join(browser.post("/customer-list/export", {"ending": ".csv"}).streaming_content).decode()
    assert ("Quist" in file, "ada@" in file, "+442079460101" in file) == (False, False, True)


def test_a_list_leaves_only_with_the_permission(till: Client):
    assert till.get("/customer-list/export").status_code == 403


# views


def save(browser: Client, query: str, name: str, **more: str):
    return browser.post(f"/customer-list/views?{query}", {"name": name} | more, follow=True)


def tabs(browser: Client) -> list[str]:
    shown = re.search(r'<nav class="list-views".*?</nav>', browser.get("/customers").text, re.DOTALL)
    return re.findall(r"<a[^>]*>([^<]*?)\s*<", shown[0]) if shown else []


def test_a_view_is_saved_used_and_taken_away(signed_in: Client, four):
    asked = written(Condition("given_name", Operator.IS, ("Ada",)))
    page = save(signed_in, urlencode({"if": asked, "show": "occupation"}), " The  Adas ")
    assert ("The view is saved." in page.text, names(page)) == (True, ["Ada Quist"])
    assert tabs(signed_in) == ["All customers", "The Adas"]
    saved = SavedView.objects.get()
    assert "Ada" not in saved.address.replace("The Adas", "")
    assert names(signed_in.get(f"/customers?{saved.address}")) == ["Ada Quist"]
    signed_in.post(f"/customer-list/views/{saved.pk}/remove")
    assert tabs(signed_in) == []
    codes = AuditEntry.objects.filter(code__startswith="customers.view.").order_by("id")
    assert [each.code for each in codes] == ["customers.view.saved", "customers.view.removed"]


def test_saving_under_the_same_name_replaces(signed_in: Client, four):
    save(signed_in, "sort=-file.name", "Mine")
    save(signed_in, "sort=occupation", "Mine")
    assert SavedView.objects.get().address == "sort=occupation"


@pytest.mark.parametrize("name", ["", "x" * 61, "a\x00b"])
def test_names_of_views(signed_in: Client, four, name):
    assert "A view has a name of at most 60 characters." in save(signed_in, "sort=occupation", name).text
    assert not SavedView.objects.exists()


def test_views_are_own_or_shared_and_of_fields_that_are_seen(signed_in: Client, till: Client):
    save(signed_in, "sort=occupation", "Own")
    save(signed_in, "sort=-occupation", "Shared", shared="on")
    save(signed_in, "if=email~empty", "Hidden", shared="on")
    assert tabs(till) == ["All customers", "Shared"]
    assert sorted(tabs(signed_in)) == ["All customers", "Hidden", "Own", "Shared"]


def test_a_view_is_taken_away_by_its_owner_alone(signed_in: Client, till: Client):
    save(signed_in, "sort=occupation", "Shared", shared="on")
    view = SavedView.objects.get().pk
    answer = till.post(f"/customer-list/views/{view}/remove", follow=True)
    assert ("not one of yours" in answer.text, SavedView.objects.count()) == (True, 1)
