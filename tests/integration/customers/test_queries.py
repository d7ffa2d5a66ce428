"""The customer list and the customer's file, on a handful of people: order, paging, provenance, merges, past dates."""

from datetime import UTC, datetime, timedelta

import pytest

from customerfile.access.sight import WHOLE
from customerfile.customers.errors import UnknownCustomer, UnknownRecord
from customerfile.customers.models import Customer
from customerfile.customers.number import customer_number
from customerfile.customers.queries import customer_file, customer_list, explain_link
from tests.factories.customer_files import MORNING, deliver, person

LATER = MORNING + timedelta(days=30)


def anna(**more):
    return person("A-1", "Anna", "Meier", email="anna@example.org", born="1980-05-17", **more)


def listed(page):
    return [customer.display_name for customer in page.customers]


@pytest.fixture
def seven(db):
    families = ["Adams", "Brown", "Cohen", "Diaz", "Evans", "Fox", "Green"]
    deliver(
        "crm",
        [person(f"K{n}", "Kim", family, email=f"{family}@example.org") for n, family in enumerate(families)],
    )


def test_the_list_is_in_the_order_of_names_and_pages_both_ways(seven):
    first = customer_list(limit=3, sight=WHOLE)
    second = customer_list(after=first.next, limit=3, sight=WHOLE)
    third = customer_list(after=second.next, limit=3, sight=WHOLE)

    assert listed(first) == ["Kim Adams", "Kim Brown", "Kim Cohen"]
    assert listed(second) == ["Kim Diaz", "Kim Evans", "Kim Fox"]
    assert listed(third) == ["Kim Green"]
    assert (first.previous, third.next) == ("", "")
    assert listed(customer_list(before=third.previous, limit=3, sight=WHOLE)) == listed(second)
    assert listed(customer_list(before=second.previous, limit=3, sight=WHOLE)) == listed(first)
    assert customer_list(before=second.previous, limit=3, sight=WHOLE).previous == ""
    assert first.total_estimate == 7


def test_the_last_page_is_reached_at_once(seven):
    last = customer_list(last=True, limit=3, sight=WHOLE)

    assert listed(last) == ["Kim Evans", "Kim Fox", "Kim Green"]
    assert last.next == ""
    assert listed(customer_list(before=last.previous, limit=3, sight=WHOLE)) == [
        "Kim Brown",
        "Kim Cohen",
        "Kim Diaz",
    ]


@pytest.mark.parametrize("cursor", ["x", "-1", "99999999999999999999999", "é", "0"])
def test_a_cursor_that_means_nothing_starts_at_the_first_page(seven, cursor):
    assert listed(customer_list(after=cursor, limit=2, sight=WHOLE)) == ["Kim Adams", "Kim Brown"]


def test_cursors_hold_no_names(seven):
    page = customer_list(limit=3, sight=WHOLE)

    assert page.next.isdigit()


def test_a_page_costs_the_same_however_many_it_shows(seven, django_assert_num_queries):
    for limit in (1, 7):
        with django_assert_num_queries(2):
            customer_list(limit=limit, sight=WHOLE)


def test_an_empty_file_has_an_empty_list(db):
    page = customer_list(sight=WHOLE)

    assert (page.customers, page.next, page.previous, page.total_estimate) == ((), "", "", 0)


def test_a_file_tells_each_value_with_its_origin(db):
    deliver("crm", [anna(phone="+442079460018")])
    deliver(
        "shop",
        [person("S-9", "Anna", "Meier", email="anna@example.org", born="1980-05-17", occupation="Baker")],
        at=LATER,
    )

    file = customer_file(Customer.objects.get().number, sight=WHOLE)

    told = {
        field.key: (field.label, [(v.shown, v.origin_source, v.origin_key) for v in field.values])
        for field in file.fields
    }
    assert told["phone"] == ("Phone", [("+44 20 7946 0018", "crm", "A-1")])
    assert told["occupation"] == ("Occupation", [("Baker", "shop", "S-9")])
    assert told["birth_date"][1][0][0] == "17 May 1980"
    assert [field.key for field in file.fields] == [
        "given_name",
        "family_name",
        "email",
        "phone",
        "birth_date",
        "occupation",
    ]
    assert [(record.source_key, record.key, record.raw["Key"]) for record in file.records] == [
        ("crm", "A-1", "A-1"),
        ("shop", "S-9", "S-9"),
    ]
    assert file.records[1].cause == "matched"
    assert file.records[1].matched_with == "crm A-1"
    assert file.summary.record_count == 2


def test_a_sealed_value_is_shown_masked_and_says_so(db):
    sealed = {"scheme": "us.ssn", "masked": "•••• 6789", "digest": 123, "near": [1, 2]}
    deliver("crm", [anna(national_id=[sealed])])

    file = customer_file(Customer.objects.get().number, sight=WHOLE)

    value = next(field for field in file.fields if field.key == "national_id").values[0]
    assert (value.shown, value.sealed) == ("•••• 6789", True)
    assert [(each.field, each.shown) for each in file.identifiers] == [("national_id", "•••• 6789")]


def test_contact_points_carry_their_status(db):
    deliver("crm", [anna(phone="+442079460018")])

    points = customer_file(Customer.objects.get().number, sight=WHOLE).contact_points

    assert [(p.channel, p.value, p.status) for p in points] == [
        ("email", "anna@example.org", "unverified"),
        ("phone", "+442079460018", "unverified"),
    ]


def test_what_the_file_said_on_a_past_date(db):
    deliver("crm", [anna(occupation="Baker")])
    deliver("crm", [anna(occupation="Pilot")], at=LATER)
    customer = Customer.objects.get()
    (history,) = customer_file(customer.number, sight=WHOLE).history

    then = customer_file(customer.number, on=history[1] - timedelta(microseconds=1), sight=WHOLE)
    now = customer_file(customer.number, on=history[1], sight=WHOLE)

    assert shown(then, "occupation") == "Baker"
    assert shown(now, "occupation") == "Pilot"
    with pytest.raises(UnknownCustomer, match="was not in the file on 2001-01-01"):
        customer_file(customer.number, on=datetime(2001, 1, 1, tzinfo=UTC), sight=WHOLE)


def shown(file, key):
    return next(field.values[0].shown for field in file.fields if field.key == key)


def test_a_merged_number_leads_to_its_survivor(db):
    deliver("crm", [anna(), person("B-2", "Ben", "Okafor", email="ben@example.org")])
    survivor, gone = Customer.objects.order_by("id")
    Customer.objects.filter(id=gone.id).update(state="merged", merged_into=survivor)

    file = customer_file(gone.number.lstrip("0").lower(), sight=WHOLE)

    assert (file.summary.id, file.asked_number, file.aliases) == (survivor.id, gone.number, (gone.number,))


def test_unknown_and_mistyped_numbers_are_told_apart(db):
    with pytest.raises(UnknownCustomer, match="There is no customer"):
        customer_file(customer_number(12345), sight=WHOLE)
    wrong = customer_number(12345)[:-1] + ("0" if customer_number(12345)[-1] != "0" else "1")
    with pytest.raises(UnknownCustomer, match="check character"):
        customer_file(wrong, sight=WHOLE)


def test_a_withdrawn_customer_is_unknown(db):
    deliver("crm", [anna()])
    customer = Customer.objects.get()
    Customer.objects.update(state="withdrawn")

    with pytest.raises(UnknownCustomer, match="withdrawn"):
        customer_file(customer.number, sight=WHOLE)


def test_a_file_costs_a_fixed_number_of_statements(db, django_assert_num_queries):
    deliver("crm", [anna(), person("B-2", "Ben", "Okafor", email="ben@example.org")])
    deliver(
        "shop",
        [person(f"S-{n}", "Anna", "Meier", email="anna@example.org", born="1980-05-17") for n in range(5)],
    )
    for customer in Customer.objects.filter(state="active"):
        with django_assert_num_queries(7):
            customer_file(customer.number, sight=WHOLE)


def test_a_link_is_explained_by_its_comparisons(db):
    deliver("crm", [anna()])
    deliver("shop", [person("S-9", "Anna", "Meier", email="anna@example.org", born="1980-05-17")], at=LATER)
    first, second = customer_file(Customer.objects.get().number, sight=WHOLE).records

    told = explain_link(second.record_id)

    assert told.matched_with == "crm A-1"
    assert told.weight == pytest.approx(sum(reason.weight for reason in told.reasons), abs=0.01)
    assert {"email", "birth_date"} <= {reason.comparison for reason in told.reasons}
    assert explain_link(first.record_id).reasons == ()
    with pytest.raises(UnknownRecord):
        explain_link(999_999)
