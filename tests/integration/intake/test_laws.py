"""Laws of the main job, over random deliveries about a handful of people who are easily confused."""

import random
from collections.abc import Callable, Sequence

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customerfile.customers.models import BlockKey, ContactPoint, Customer, Link, Posting, ScoredPair
from customerfile.embedded import Home
from customerfile.intake.importing import Imported
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Record

HEAD = "id,first name,last name,email,phone,birth date,postcode,city\n"
PEOPLE = (
    "Anna,Meyer,anna@example.org,020 7946 0123,1980-05-17,SW1A 1AA,London",
    "Ann,Meyer,anna@example.org,,1980-05-17,,London",
    "Anna,Meier,,020 7946 0123,1980-05-17,SW1A 1AA,London",
    "Anna,Lang,anna@example.org,020 7946 0999,1980-05-17,LS1 1AA,Leeds",
    "Berta,Meyer,,020 7946 0123,1982-01-02,SW1A 1AA,London",
    "Anna,Meyer,,,1951-03-04,SW1A 1AA,London",
    "Carl,Diaz,carl@example.org,020 7946 0456,30/02/1980,M1 1AE,Manchester",
    "Carl,Diaz,carl@example.org,call me,1975-06-07,M1 1AE,Manchester",
)
ROWS = st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(PEOPLE)), min_size=1, max_size=4)
DELIVERIES = st.lists(st.tuples(st.sampled_from(["shop", "crm"]), ROWS), min_size=1, max_size=4)
SOME = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

type Rows = Sequence[tuple[str, str]]


@SOME
@given(DELIVERIES)
def test_every_row_is_accounted_for(
    bring: Callable[..., Imported], deliveries: Sequence[tuple[str, Rows]]
) -> None:
    with _forgotten():
        for source, rows in deliveries:
            counts = bring(_text(rows), source=source, country="GB").counts
            assert counts.rows == len(rows)
            assert counts.rows == counts.created + counts.updated + counts.unchanged + counts.rejected


@SOME
@given(DELIVERIES, st.sampled_from(["shop", "crm", "new"]), ROWS)
def test_a_delivery_and_its_undo_give_back_exactly_what_was(
    bring: Callable[..., Imported],
    test_home: Home,
    deliveries: Sequence[tuple[str, Rows]],
    source: str,
    rows: Rows,
) -> None:
    with _forgotten():
        for earlier_source, earlier in deliveries:
            bring(_text(earlier), source=earlier_source, country="GB")
        before = _state()

        done = bring(_text(rows), source=source, country="GB")
        undo_delivery(done.delivery_id, home=test_home, by="tester")

        assert _state() == before


@SOME
@given(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=6), st.integers())
def test_the_customers_do_not_depend_on_the_order_of_arrival(
    bring: Callable[..., Imported], people: Sequence[str], seed: int
) -> None:
    rows = [(str(number), person) for number, person in enumerate(people)]
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    with _forgotten():
        bring(_text(rows), country="GB")
        together = _groups()
    with _forgotten():
        for key, person in shuffled:
            bring(_text([(key, person)]), country="GB")
        assert _groups() == together


@pytest.mark.parametrize("again", [1, 2])
@SOME
@given(rows=ROWS)
def test_the_same_file_again_changes_nothing(bring: Callable[..., Imported], rows: Rows, again: int) -> None:
    with _forgotten():
        bring(_text(rows), country="GB")
        before = _state()
        for _ in range(again):
            counts = bring(_text(rows), country="GB").counts
            assert (counts.created, counts.updated) == (0, 0)
        assert _state() == before


class _forgotten:
    """Whatever is done inside is rolled back at the end."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        connection.needs_rollback = True
        self._atomic.__exit__(None, None, None)


def _text(rows: Rows) -> str:
    return HEAD + "".join(f"{key},{person}\n" for key, person in rows)


def _groups() -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for customer, key in Link.objects.filter(valid_to=None).values_list("customer_id", "record__key"):
        groups.setdefault(customer, []).append(key)
    return sorted(sorted(group) for group in groups.values())


def _state() -> dict[str, list[object]]:
    customers = Customer.objects.filter(state="active").order_by("id")
    return {
        "customers": list(customers.values("number", "display_name", "golden", "record_count")),
        "links": sorted(Link.objects.filter(valid_to=None).values_list("record_id", "customer_id")),
        "records": sorted(Record.objects.values_list("id", "digest", "delivery_id")),
        "keys": sorted(BlockKey.objects.values_list("key", "record_id")),
        "pairs": sorted(ScoredPair.objects.values_list("left_id", "right_id", "weight")),
        "postings": sorted(Posting.objects.values_list("token__token", "place", "customer_id")),
        "contacts": sorted(ContactPoint.objects.values_list("customer_id", "channel", "value")),
    }
