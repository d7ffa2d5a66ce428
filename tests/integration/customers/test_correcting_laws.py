"""Laws of corrections, over random sequences of everything that moves records between customers or changes them."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customerfile.access.sight import WHOLE
from customerfile.customers.errors import ContradictingJudgements, NothingCorrected
from customerfile.customers.golden.corrections import Correction as Word
from customerfile.customers.golden.golden import GoldenRules, LinkedRecord
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import BlockKey, Correction, Customer, Link
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.whole_file.reconciliation import compare
from customerfile.definition.queries import current_definition
from customerfile.intake.correcting import Entered, correct, give_back
from customerfile.intake.undoing import undo_delivery
from customerfile.matching.keys import blocking_keys
from customerfile.matching.prepared import Prepared
from customerfile.sources.models import ComparisonInput, Delivery, Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = (
    ("Anna", "Meyer", {"email": "anna@example.org", "born": "1980-05-17"}),
    ("Ann", "Meyer", {"email": "anna@example.org", "phone": "+442079460123"}),
    ("Anna", "Lang", {"phone": "+442079460123", "born": "1980-05-17"}),
    ("Anna", "Meyer", {"email": "anna@example.net", "born": "1980-05-17"}),
    ("Carl", "Diaz", {"email": "carl@example.org"}),
)
FIELDS = (
    {"given_name": "Annie"}, {"given_name": "Anna"}, {"given_name": None}, {"email": ["anna@example.net"]},
    {"email": None}, {"email": ["anna@example.org", "carl@example.org"]}, {"birth_date": None},
    {"birth_date": "1980-05-18"}, {"phone": ["+442079460123"], "family_name": "Lang"},
)  # fmt: skip
some = st.integers(0, 30)
rows = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(PEOPLE)),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
)
delivering = st.tuples(st.just("deliver"), st.sampled_from(["shop", "crm"]), rows)
steps = st.lists(
    st.one_of(
        delivering,
        st.tuples(st.just("correct"), some, st.sampled_from(FIELDS)),
        st.tuples(st.just("correct"), some, st.sampled_from(FIELDS)),
        st.tuples(st.just("withdraw"), some),
        st.tuples(st.just("merge"), st.lists(some, min_size=2, max_size=2)),
        st.tuples(st.just("split"), some, some),
        st.tuples(st.just("undo"), some),
    ),
    min_size=2,
    max_size=7,
)
beginning = st.lists(delivering, min_size=1, max_size=2)
SOME = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SOME
@given(beginning, steps)
def test_the_file_follows_from_records_and_corrections_and_both_executors_agree(
    test_home, db, tmp_path_factory, beginning, steps
):
    with transaction.atomic():
        _play([*beginning, *steps], test_home)
        assert _written() == _from_scratch()
        assert _stored_keys() == _keys_from_inputs()
        assert not len(compare(current_model(), folder=tmp_path_factory.mktemp("batch")).touched)
        transaction.set_rollback(True)


@SOME
@given(beginning, steps, some, some)
def test_a_merge_that_is_split_again_gives_back_exactly_what_was(test_home, db, beginning, steps, one, other):
    with transaction.atomic():
        at = _play([*beginning, *steps], test_home)
        numbers = sorted({_pick(one).number, _pick(other).number}) if _active() else []
        if len(numbers) == 2:
            before, leaving = _all_of_it(), _records(numbers[1])
            merge_customers(numbers, by="ann", at=at)
            split_customer(numbers[0], leaving, by="ben", at=at + timedelta(minutes=1))
            assert _all_of_it() == before
        transaction.set_rollback(True)


def _play(steps, home) -> datetime:
    at = MORNING
    for step in steps:
        at += timedelta(minutes=1)
        _do(step, at, home)
    return at + timedelta(minutes=1)


def _do(step, at, home) -> None:
    what, *more = step
    if what == "deliver":
        source, rows = more
        deliver(source, [person(key, given, family, **said) for key, (given, family, said) in rows], at=at)
    elif what == "undo":
        _undo(more[0], home, at)
    elif _active():
        try:
            with transaction.atomic():
                _act(what, more, at)
        except (ContradictingJudgements, NothingCorrected):
            return


def _act(what, more, at) -> None:
    customer = _pick(more[0][0] if what == "merge" else more[0])
    if what == "correct":
        correct(customer.number, Entered(more[1]), sight=WHOLE, by="ann", at=at)
    elif what == "withdraw":
        standing = Correction.objects.filter(record_id__in=_records(customer.number), ended_at=None).first()
        if standing:
            give_back(customer.number, [standing.field], sight=WHOLE, by="ben", at=at)
    elif what == "merge":
        numbers = {_pick(each).number for each in more[0]}
        if len(numbers) > 1:
            merge_customers(sorted(numbers), by="ann", at=at)
    elif len(records := _records(customer.number)) > 1:
        split_customer(customer.number, [records[more[1] % len(records)]], by="ben", at=at)


def _undo(which, home, at) -> None:
    standing = list(Delivery.objects.filter(state="finished").order_by("id"))
    if standing:
        with patch("customerfile.intake.undoing.now", lambda: at):
            undo_delivery(standing[which % len(standing)].pk, home=home, by="ben")


def _active() -> list[Customer]:
    return list(Customer.objects.filter(state="active").order_by("id"))


def _pick(which: int) -> Customer:
    active = _active()
    return active[which % len(active)]


def _records(number: str) -> list[int]:
    links = Link.objects.filter(customer__number=number, valid_to=None)
    return sorted(links.values_list("record_id", flat=True))


def _written() -> dict[str, object]:
    return {each.number: each.golden for each in _active()}


def _from_scratch() -> dict[str, object]:
    rules = GoldenRules(current_definition())
    return {
        each.number: rules.golden_record([_linked(record) for record in _records(each.number)]).values
        for each in _active()
    }


def _linked(record_id: int) -> LinkedRecord:
    record = Record.objects.select_related("source").get(pk=record_id)
    standing = Correction.objects.filter(record_id=record_id, ended_at=None)
    words = tuple(Word(each.pk, each.field, each.value, each.set_aside, each.at) for each in standing)
    return LinkedRecord(record.pk, record.canonical, record.source.priority, record.as_of, words)


def _stored_keys() -> set[tuple[int, int]]:
    return set(BlockKey.objects.values_list("record_id", "key"))


def _keys_from_inputs() -> set[tuple[int, int]]:
    return {
        (each.record_id, key)
        for each in ComparisonInput.objects.all()
        for key in blocking_keys(Prepared.from_json(each.prepared), current_model())
    }


def _all_of_it() -> list[object]:
    return [
        (each.number, each.golden, each.provenance, each.golden_since, _records(each.number))
        for each in _active()
    ]
