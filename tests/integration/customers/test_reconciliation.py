"""Reconciliation: a settled file has nothing to change; what was tampered with comes back; another model is applied."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.models import Link, ScoredPair
from customerfile.customers.record_names import records_named
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.whole_file.reconciliation import Differences, compare, put_right
from customerfile.matching.model import MatchModel, Thresholds, default_model
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

MODEL = default_model()
LATER = MORNING + timedelta(days=1)
BORN, EMAIL, PHONE = "1978-12-11", "maria@example.org", "+442079460018"


@pytest.fixture
def people() -> None:
    """Maria from three systems, one of them by her phone alone; Paul beside her; Zoe by herself."""
    maria = {"born": BORN, "email": EMAIL}
    deliver("shop", [person("1", "Maria", "Okonkwo", **maria), person("2", "Zoe", "Quill")])
    deliver("crm", [person("5", "Maria", "Okonkwo", phone=PHONE, **maria)])
    deliver("web", [person("7", "Maria", "Smith", phone=PHONE, born=BORN)])
    deliver("desk", [person("9", "Paul", "Okonkwo", phone=PHONE, email=EMAIL)])


def _grouped() -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for record, customer in Link.objects.filter(valid_to=None).values_list("record", "customer"):
        groups.setdefault(customer, set()).add(record)
    return {frozenset(group) for group in groups.values()}


def _pairs() -> list[tuple[int, int, float, int]]:
    rows = ScoredPair.objects.order_by("left", "right")
    return [(pair.left_id, pair.right_id, pair.weight, pair.veto) for pair in rows]


def _changes(found: Differences) -> tuple[int, ...]:
    pairs, groups = found.pairs, found.groups
    return (pairs.missing, pairs.stale, pairs.changed, groups.gained, groups.lost, groups.customers)


def _reconciled(model: MatchModel, folder: Path) -> Differences:
    found = compare(model, folder=folder)
    put_right(found, model, at=LATER)
    return found


def test_a_settled_file_has_nothing_to_change(people: None, tmp_path: Path) -> None:
    found = compare(MODEL, folder=tmp_path)
    assert found.records == 5
    assert _changes(found) == (0, 0, 0, 0, 0, 0)
    assert put_right(found, MODEL, at=LATER).records == 0


def test_an_empty_file(tmp_path: Path) -> None:
    assert _changes(_reconciled(MODEL, tmp_path)) == (0, 0, 0, 0, 0, 0)


def test_what_went_missing_comes_back(people: None, tmp_path: Path) -> None:
    pairs, groups = _pairs(), _grouped()
    ScoredPair.objects.all().delete()
    found = _reconciled(MODEL, tmp_path)
    assert found.pairs.missing == len(pairs)
    assert (_pairs(), _grouped()) == (pairs, groups)
    assert _changes(compare(MODEL, folder=tmp_path)) == (0, 0, 0, 0, 0, 0)


def test_a_link_that_is_wrong_is_put_right(people: None, tmp_path: Path) -> None:
    groups = _grouped()
    zoe, crm = records_named(["shop/2", "crm/5"])
    Link.objects.filter(record=crm).update(customer=Link.objects.get(record=zoe).customer)
    found = _reconciled(MODEL, tmp_path)
    assert (found.groups.gained, found.groups.lost, found.groups.customers) == (2, 1, 2)
    assert _grouped() == groups


def test_another_model_parts_what_it_does_not_hold_together(people: None, tmp_path: Path) -> None:
    strict = replace(MODEL, hash="strict", thresholds=Thresholds(link=35.0, review=14.0, cohesion=6.0))
    found = _reconciled(strict, tmp_path)
    assert found.groups.gained == 0
    assert found.groups.lost > 0
    assert _changes(compare(strict, folder=tmp_path)) == (0, 0, 0, 0, 0, 0)
    _reconciled(MODEL, tmp_path)
    assert _changes(compare(MODEL, folder=tmp_path)) == (0, 0, 0, 0, 0, 0)


def test_peoples_words_are_kept(people: None, tmp_path: Path) -> None:
    one, other = records_named(["shop/1", "crm/5"])
    judge_pair(one, other, verdict=Verdict.NOT_A_MATCH, by="ann", at=MORNING)
    groups = _grouped()
    assert _changes(_reconciled(MODEL, tmp_path)) == (0, 0, 0, 0, 0, 0)
    assert _grouped() == groups
