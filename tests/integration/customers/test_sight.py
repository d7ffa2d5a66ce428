"""What is not shown to somebody cannot be seen, found, counted, sorted by or exported."""

import csv
import string
from datetime import timedelta

import pytest

from customerfile.access.sight import EVENTS, RELATIONSHIPS, WHOLE, Sight
from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.models import Customer
from customerfile.customers.queries import customer_file, customer_list
from customerfile.customers.relationships.kinds import Kind
from customerfile.customers.relationships.relating import relate_customers
from customerfile.customers.relationships.relationships import relationships_of
from customerfile.customers.search.search import find
from customerfile.intake.export_files import ExportFault
from customerfile.intake.exporting import export_customers, export_links
from customerfile.timeline.queries import events_of, totals_of
from tests.factories.customer_files import MORNING, Row, buy, deliver, person

pytestmark = pytest.mark.django_db

LEEDS = Sight(branches=frozenset({"Leeds"}))
NAMES_ONLY = Sight(
    fields=frozenset(
        [
            "given_name",
            "middle_name",
            "family_name",
            "nickname",
            "organisation_name",
            "trading_name",
            "contact_person",
        ]
    )
)
NOTHING_OF_WHO = Sight(fields=frozenset({"language", "segment"}))


def hidden(key: str, given: str, family: str, **more) -> Row:
    return person(key, given, family, language="en", **more)


@pytest.fixture
def two_branches() -> None:
    deliver(
        "crm",
        [
            person("1", "Ada", "Quistgaard", email="ada@example.org", branch="Leeds"),
            person("2", "Ben", "Quistgaard", email="ben@example.org", branch="York"),
            person("3", "Cleo", "Quistgaard", email="cleo@example.org"),
        ],
    )


def numbers_by_name() -> dict[str, str]:
    return {each.display_name: each.number for each in customer_list(sight=WHOLE).customers}


def test_customers_of_other_branches_are_not_there(two_branches):
    page = customer_list(sight=LEEDS)
    assert [each.display_name for each in page.customers] == ["Ada Quistgaard"]
    assert (page.total_estimate, page.next, page.previous) == (1, "", "")
    assert [each.customer.display_name for each in find("quistgaard", sight=LEEDS)] == ["Ada Quistgaard"]
    assert [each.customer.display_name for each in find("ben quistgaard", sight=LEEDS)] == ["Ada Quistgaard"]
    assert find("ben@example.org", sight=LEEDS) == ()
    numbers = numbers_by_name()
    assert customer_file(numbers["Ada Quistgaard"], sight=LEEDS).summary.display_name == "Ada Quistgaard"
    for name in ("Ben Quistgaard", "Cleo Quistgaard"):
        assert find(numbers[name], sight=LEEDS) == ()
        with pytest.raises(UnknownCustomer) as refused:
            customer_file(numbers[name], sight=LEEDS)
        assert str(refused.value) == f"There is no customer {numbers[name]}."


def test_a_customer_is_of_every_branch_that_a_record_names():
    one = {"email": "ada@example.org", "born": "1980-05-17"}
    deliver("crm", [person("1", "Ada", "Quistgaard", branch="York", **one)])
    assert customer_list(sight=LEEDS).customers == ()
    deliver(
        "shop", [person("7", "Ada", "Quistgaard", branch="Leeds", **one)], at=MORNING + timedelta(hours=1)
    )
    assert Customer.objects.get(state="active").branches == ["Leeds", "York"]
    assert len(customer_list(sight=LEEDS).customers) == 1
    deliver("shop", [person("7", "Ada", "Quistgaard", branch="Hull", **one)], at=MORNING + timedelta(hours=2))
    assert customer_list(sight=LEEDS).customers == ()


def test_where_a_hidden_customer_stands_in_the_list_is_not_told():
    deliver(
        "crm", [person(str(n), "Ada", f"{letter}berg", branch="Leeds") for n, letter in enumerate("BDFH")]
    )
    deliver("crm", [person("x", "Eve", "Eberg", branch="York")], at=MORNING + timedelta(hours=1))
    secret = Customer.objects.get(display_name="Eve Eberg").pk
    first = customer_list(sight=LEEDS).customers
    assert customer_list(sight=LEEDS, after=str(secret)).customers == first
    assert customer_list(sight=LEEDS, before=str(secret)).customers == first


def test_relatives_of_other_branches_are_not_told(two_branches):
    numbers = numbers_by_name()
    for other in ("Ben Quistgaard", "Cleo Quistgaard"):
        relate_customers(numbers["Ada Quistgaard"], Kind.SPOUSE, numbers[other], by="ann", at=MORNING)
    ada = customer_file(numbers["Ada Quistgaard"], sight=WHOLE).summary.id
    assert len(relationships_of(ada, sight=WHOLE)) == 2
    assert relationships_of(ada, sight=LEEDS) == ()
    assert relationships_of(ada, sight=NAMES_ONLY) == ()
    also = Sight(fields=frozenset({RELATIONSHIPS}))
    told = relationships_of(ada, sight=also)
    assert [each.display_name for each in told] == [f"Customer {each.number}" for each in told]
    assert {each.because for each in told} == {""}


def test_exports_hold_what_is_shown(two_branches, tmp_path):
    assert export_customers(tmp_path / "leeds.csv", sight=LEEDS, by="ann") == 1
    assert export_customers(tmp_path / "names.csv", sight=NAMES_ONLY, by="ann") == 3
    with (tmp_path / "names.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file).fieldnames or ()) == ["number", "kind", "given_name", "family_name"]
    assert "ben@" not in (tmp_path / "leeds.csv").read_text()
    with pytest.raises(ExportFault):
        export_links(tmp_path / "links.csv", sight=LEEDS, by="ann")


def test_fields_that_are_hidden_are_in_no_part_of_a_file():
    deliver("crm", [hidden("1017", "Ada", "Quistgaard", email="ada@example.org", born="1980-05-17")])
    buy("crm", "1017", number=1, at=MORNING)
    number = customer_list(sight=WHOLE).customers[0].number
    file = customer_file(number, sight=NOTHING_OF_WHO)
    assert [field.key for field in file.fields] == ["language"]
    assert (file.contact_points, file.identifiers, file.in_part) == ((), (), True)
    records = [record.record_id for record in file.records]
    assert totals_of(records, sight=NOTHING_OF_WHO).order_count == 0
    assert events_of(records, sight=NOTHING_OF_WHO).events == ()
    assert totals_of(records, sight=Sight(fields=frozenset({EVENTS}))).order_count == 1
    for text in ("Ada", "Quistgaard", "ada@", "1980", "1017"):
        assert text not in repr(file)
    past = customer_file(number, sight=NOTHING_OF_WHO, on=MORNING + timedelta(days=400))
    assert "Quistgaard" not in repr(past)


def test_a_name_made_of_a_hidden_address_is_not_shown():
    deliver("crm", [Row("1", {"kind": "person", "email": [{"value": "ada@example.org"}]}, {})])
    assert customer_list(sight=WHOLE).customers[0].display_name == "ada@example.org"
    (shown,) = customer_list(sight=NAMES_ONLY).customers
    assert shown.display_name == f"Customer {shown.number}"


def test_twenty_hidden_values_cannot_be_recovered_by_searching_or_sorting():
    secrets = [f"{letter}{letter}quarn" for letter in "qwertyuiopasdfghjklz"]
    deliver(
        "crm",
        [
            hidden(f"K{n}", "Ada", family, email=f"{family}@example.org", phone=f"+44 20 7946 {n:04}")
            for n, family in enumerate(secrets)
        ],
    )
    recovered = []
    for place, family in enumerate(secrets):
        by_name = [family, family[:3], family[:1] * 2]
        by_rest = [f"{family}@example.org", f"{family[:4]}@", f"7946 {place:04}", f"{place:04}", f"K{place}"]
        recovered += [asked for asked in (*by_name, *by_rest) if find(asked, sight=NOTHING_OF_WHO)]
        met = [hit for asked in by_rest for hit in find(asked, sight=NAMES_ONLY)]
        recovered += [why for hit in met for why in hit.matched if "name" not in why]
    letters = [q for letter in string.ascii_lowercase for q in (letter, letter * 2, f"{letter}a")]
    recovered += [q for q in letters if find(q, sight=NOTHING_OF_WHO)]
    assert recovered == []
    ordered = [each.number for each in customer_list(sight=NOTHING_OF_WHO).customers]
    assert ordered == sorted(ordered)
    backwards = customer_list(sight=NOTHING_OF_WHO, last=True)
    assert [each.number for each in backwards.customers] == ordered
    assert all(each.display_name == f"Customer {each.number}" for each in backwards.customers)
