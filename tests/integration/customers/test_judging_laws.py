"""Laws of judging, merging and splitting, over random sequences of everything that moves records between customers."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE
from customerfile.customers.errors import ContradictingJudgements
from customerfile.customers.judging.judging import judge_pair, withdraw_act
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.judging.one_record import set_one_record_per_customer
from customerfile.customers.models import (
    BlockKey,
    ContactPoint,
    Customer,
    GoldenHistory,
    Identifier,
    Judgement,
    JudgementAct,
    Link,
    PairVerdict,
    Posting,
    ScoredPair,
)
from customerfile.customers.queries import customer_file
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.embedded import Home
from customerfile.intake.undoing import undo_delivery
from customerfile.matching.cluster import Edge, partition
from customerfile.matching.model import default_model
from customerfile.matching.prepared import Prepared
from customerfile.sources.models import ComparisonInput, Delivery, Record, Source
from customerfile.timeline.models import Event
from tests.factories.customer_files import MORNING, buy, deliver, person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = (
    ("Anna", "Meyer", {"email": "anna@example.org", "born": "1980-05-17"}),
    ("Ann", "Meyer", {"email": "anna@example.org", "born": "1980-05-17"}),
    ("Anna", "Lang", {"phone": "+442079460123", "born": "1980-05-17"}),
    ("Anna", "Meyer", {"phone": "+442079460123", "email": "meyers@example.org"}),
    ("Berta", "Meyer", {"email": "meyers@example.org", "born": "1982-01-02"}),
    ("Carl", "Diaz", {"email": "carl@example.org"}),
)
SOURCES, STAFF = ("shop", "crm"), ("ann", "ben")
some = st.integers(0, 30)
rows = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(PEOPLE)),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
)
delivering = st.tuples(st.just("deliver"), st.sampled_from(SOURCES), rows)
merging = st.tuples(st.just("merge"), st.lists(some, min_size=2, max_size=3))
splitting = st.tuples(st.just("split"), some, st.lists(some, min_size=1, max_size=2))
judging = st.tuples(st.just("judge"), some, some, st.sampled_from(list(Verdict)))
withdrawing = st.tuples(st.just("withdraw"), some)
undoing = st.tuples(st.just("undo"), some)
declaring = st.tuples(st.just("declare"), st.sampled_from(SOURCES), st.booleans())
steps = st.lists(
    st.tuples(
        st.one_of(delivering, merging, splitting, judging, withdrawing, undoing, declaring),
        st.sampled_from(STAFF),
    ),
    min_size=2,
    max_size=8,
)
beginning = st.lists(delivering, min_size=1, max_size=2)
SOME = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Clock:
    """A minute passes between any two things."""

    def __init__(self) -> None:
        self.moment = MORNING

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@SOME
@given(beginning, steps)
def test_the_outcome_follows_from_the_records_and_the_judgements(test_home, db, beginning, steps):
    with _forgotten():
        clock = Clock()
        for step in beginning:
            _do(step, "ann", clock, test_home)
        for step, by in steps:
            _do(step, by, clock, test_home)
            assert _verdicts() == _expected_verdicts()
            assert _groups() == _from_scratch()
            assert list(
                Link.objects.filter(valid_to=None).order_by("record_id").values_list("record_id", flat=True)
            ) == list(Record.objects.order_by("id").values_list("id", flat=True))
            assert all(
                customer_file(number, sight=WHOLE).summary.record_count == count
                for number, count in _active().values_list("number", "record_count")
            )


@SOME
@given(beginning, steps, st.lists(some, min_size=2, max_size=3))
def test_a_merge_that_is_split_again_gives_back_exactly_what_was(test_home, db, beginning, steps, chosen):
    with _forgotten():
        clock = Clock()
        for step in beginning:
            _do(step, "ann", clock, test_home)
        for step, by in steps:
            _do(step, by, clock, test_home)
        buy("shop", "1", number=1, at=clock())
        for each in ContactPoint.objects.order_by("customer_id", "value"):
            if each.customer_id % 2:
                ContactPoint.objects.filter(customer_id=each.customer_id, value=each.value).update(
                    status="confirmed", confirmed_at=clock.moment
                )
        numbers = sorted({_pick(number, _active().order_by("id")).number for number in chosen if _active()})
        parts = {number: _records(number) for number in numbers}
        before, past = _present(), GoldenHistory.objects.count()

        if len(numbers) > 1:
            merge_customers(numbers, by="ann", at=clock())
            assert {customer_file(number, sight=WHOLE).summary.number for number in numbers} == {numbers[0]}
            assert _records(numbers[0]) == sorted(chain.from_iterable(parts.values()))
            for number in numbers[1:]:
                split_customer(numbers[0], parts[number], by="ben", at=clock())

        assert _present() == before
        assert GoldenHistory.objects.count() >= past  # nothing that was said before is forgotten


@SOME
@given(beginning, steps, st.one_of(merging, splitting, judging))
def test_an_act_that_is_withdrawn_gives_back_exactly_what_was(test_home, db, beginning, steps, act):
    with _forgotten():
        clock = Clock()
        for step in beginning:
            _do(step, "ann", clock, test_home)
        for step, by in steps:
            _do(step, by, clock, test_home)
        before, words = _without_aliases(), _standing()
        done = set(JudgementAct.objects.values_list("pk", flat=True))

        _do(act, "ann", clock, test_home)
        for new in set(JudgementAct.objects.values_list("pk", flat=True)) - done:
            withdraw_act(new, may=frozenset(Permission), by="ben", at=clock())

        assert _without_aliases() == before  # a number that a split made stays, as an alias
        assert _standing() == words


def _do(step: Sequence[object], by: str, clock: Clock, place: Home) -> None:
    """Do one step, where it can be done."""
    _STEPS[step[0]](*step[1:], by=by, clock=clock, place=place)  # type: ignore[index]


def _deliver(source, rows, *, clock, **_):
    deliver(source, [person(key, given, family, **more) for key, (given, family, more) in rows], at=clock())


def _merge(numbers, *, by, clock, **_):
    customers = {_pick(number, _active().order_by("id")) for number in numbers} - {None}
    if len(customers) > 1:
        merge_customers([customer.number for customer in customers], by=by, at=clock())


def _split(number, records, *, by, clock, **_):
    customer = _pick(number, _active().filter(record_count__gt=1).order_by("id"))
    if customer is None:
        return
    members = _records(customer.number)
    chosen = {members[record % len(members)] for record in records}
    if len(chosen) < len(members):
        with transaction.atomic():
            try:
                split_customer(customer.number, chosen, by=by, at=clock())
            except ContradictingJudgements:
                transaction.set_rollback(True)


def _judge(left, right, verdict, *, by, clock, **_):
    one, other = _pick(left, Record.objects.order_by("id")), _pick(right, Record.objects.order_by("id"))
    if one is not None and one != other:
        judge_pair(one.pk, other.pk, verdict=verdict, by=by, at=clock())


def _withdraw(number, *, by, clock, **_):
    act = _pick(number, JudgementAct.objects.filter(withdrawn_at=None).order_by("id"))
    if act is not None:
        withdraw_act(act.pk, may=frozenset(Permission), by=by, at=clock())


def _undo(number, *, clock, place, **_):
    delivery = _pick(number, Delivery.objects.filter(state="finished", kind_as="customers").order_by("id"))
    if delivery is not None:
        with patch("customerfile.intake.undoing.now", clock):
            undo_delivery(delivery.pk, home=place, by="tester")


def _declare(source, is_so, *, by, clock, **_):
    if Source.objects.filter(key=source).exists():
        set_one_record_per_customer(source, is_so=is_so, by=by, at=clock())


_STEPS: dict[str, Callable[..., None]] = {
    "deliver": _deliver, "merge": _merge, "split": _split, "judge": _judge, "withdraw": _withdraw, "undo": _undo,
    "declare": _declare,
}  # fmt: skip


def _pick(number, found):
    listed = list(found)
    return listed[number % len(listed)] if listed else None


def _active():
    return Customer.objects.filter(state="active")


def _records(number):
    return sorted(
        Link.objects.filter(customer__number=number, valid_to=None).values_list("record_id", flat=True)
    )


def _groups():
    groups: dict[int, set[int]] = {}
    for record, customer in Link.objects.filter(valid_to=None).values_list("record_id", "customer_id"):
        groups.setdefault(customer, set()).add(record)
    return sorted(map(frozenset, groups.values()), key=min)


def _from_scratch():
    """The same records and judgements, in one go."""
    model = default_model()
    prepared = {
        record: Prepared.from_json(text)
        for record, text in ComparisonInput.objects.values_list("record_id", "prepared")
    }
    edges = [
        Edge(*row) for row in ScoredPair.objects.filter(veto=0).values_list("left_id", "right_id", "weight")
    ]
    told = _expected_verdicts()
    sources = dict(Record.objects.filter(source__one_record_per_customer=True).values_list("id", "source_id"))
    return partition(
        sorted(prepared),
        prepared,
        edges,
        [pair for pair, verdict in told.items() if verdict == "not_a_match"],
        [pair for pair, verdict in told.items() if verdict == "match"],
        model,
        one_each=sources,
    )


def _verdicts():
    return {
        (left, right): verdict
        for left, right, verdict in PairVerdict.objects.values_list("left_id", "right_id", "verdict")
    }


def _expected_verdicts():
    """The newest word that decides, pair by pair."""
    told = Judgement.objects.filter(withdrawn_at=None).exclude(verdict="unsure").order_by("at", "id")
    return {
        (left, right): verdict for left, right, verdict in told.values_list("left_id", "right_id", "verdict")
    }


def _standing():
    return sorted(
        Judgement.objects.filter(withdrawn_at=None).values_list("left_id", "right_id", "by", "verdict", "at")
    )


def _present():
    """All that is said of the present."""
    customers = list(
        _active()
        .order_by("id")
        .values(
            "id", "number", "kind", "state", "display_name", "sort_name", "golden", "provenance",
            "golden_since", "record_count", "created_at",
        )
    )  # fmt: skip
    words = _active().order_by("id").values_list("name_tokens", "place_tokens")
    return {
        "customers": customers,
        "words": [(sorted(names), sorted(places)) for names, places in words],
        "aliases": sorted(
            Customer.objects.exclude(state="active").values_list("number", "state", "merged_into")
        ),
        "links": sorted(Link.objects.filter(valid_to=None).values_list("record_id", "customer_id")),
        "contacts": sorted(
            ContactPoint.objects.values_list(
                "customer_id", "channel", "value", "use", "search", "status", "confirmed_at"
            ),
            key=str,
        ),
        "identifiers": sorted(Identifier.objects.values_list("customer_id", "digest", "field", "shown")),
        "postings": sorted(Posting.objects.values_list("token__token", "place", "customer_id")),
        "keys": sorted(BlockKey.objects.values_list("key", "record_id")),
        "pairs": sorted(ScoredPair.objects.values_list("left_id", "right_id", "weight", "veto")),
        "events": sorted(Event.objects.values_list("id", "record_id", "amount")),
        "files": [_told(customer["number"]) for customer in customers],
    }


def _without_aliases():
    found = _present()
    return found | {
        "aliases": [],
        "files": [{key: part for key, part in file.items() if key != "aliases"} for file in found["files"]],
    }


def _told(number):
    """A customer's file as it is shown, without what tells of the change itself."""
    file = customer_file(number, sight=WHOLE)
    return {
        "fields": file.fields,
        "contacts": file.contact_points,
        "identifiers": file.identifiers,
        "aliases": file.aliases,
        "records": [record.record_id for record in file.records],
    }


class _forgotten:
    """Whatever is done inside is rolled back at the end."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        connection.needs_rollback = True
        self._atomic.__exit__(None, None, None)
