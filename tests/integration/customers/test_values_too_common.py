"""A value that too many records share: bounded, not compared, reported; and the order of arrival does not matter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from customerfile.base.ids import DeliveryId
from customerfile.customers.models import CommonValue, Link, ScoredPair
from customerfile.customers.resolution.common_values import shared_values
from customerfile.customers.whole_file.reconciliation import compare
from customerfile.embedded import home
from customerfile.intake.undoing import undo_delivery
from customerfile.matching.model import MatchModel, default_model
from tests.factories.customer_files import MORNING, Row, deliver, person

pytestmark = pytest.mark.django_db

FEW = replace(default_model(), max_block_size=4)
NOBODY, PHONE = "none@example.org", "+442079460000"
NAMESAKES = [person(key, "Ann", "Leeming", email=NOBODY) for key in ("1", "2")]
CROWD = [
    person(f"c{number}", given, family, email=NOBODY)
    for number, (given, family) in enumerate(
        [("Bea", "Katz"), ("Carl", "Diaz"), ("Dora", "Novak"), ("Emil", "Okafor")]
    )
]


@pytest.fixture(autouse=True)
def small_blocks():
    """Blocks of four records at most."""
    with (
        patch("customerfile.customers.resolution.match_models.default_model", return_value=FEW),
        patch("customerfile.intake.undoing.current_model", return_value=FEW),
    ):
        yield


def _bring(source: str, rows: Sequence[Row], day: int, model: MatchModel = FEW) -> DeliveryId:
    with patch("customerfile.intake.chunk_writer.current_model", return_value=model):
        return deliver(source, rows, at=MORNING + timedelta(days=day))


def _customers() -> int:
    return Link.objects.filter(valid_to=None).values("customer").distinct().count()


def _settled(folder: Path) -> bool:
    found = compare(FEW, folder=folder)
    pairs, groups = found.pairs, found.groups
    return (pairs.missing, pairs.stale, pairs.changed, groups.gained, groups.lost) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("crowd_first", [True, False])
def test_namesakes_stay_apart_whoever_came_first(crowd_first: bool, tmp_path: Path) -> None:
    parts = [("web", CROWD), ("shop", NAMESAKES)] if crowd_first else [("shop", NAMESAKES), ("web", CROWD)]
    for day, (source, rows) in enumerate(parts):
        _bring(source, rows, day)
    assert _customers() == len(NAMESAKES) + len(CROWD)
    assert list(CommonValue.objects.values_list("rule", "value")) == [("email", NOBODY)]
    assert [(each.kind, each.value, each.record_count) for each in shared_values()] == [("email", NOBODY, 6)]
    assert not ScoredPair.objects.exists()
    assert _settled(tmp_path)


def test_a_value_is_compared_again_when_fewer_share_it(tmp_path: Path) -> None:
    _bring("shop", NAMESAKES, 0)
    assert _customers() == 1
    crowd = _bring("web", CROWD, 1)
    assert _customers() == 2 + len(CROWD)
    undo_delivery(crowd, home=home(), by="ann")
    assert (_customers(), CommonValue.objects.count()) == (1, 0)
    assert _settled(tmp_path)


def test_a_correction_takes_a_record_out_of_the_crowd(tmp_path: Path) -> None:
    _bring("shop", NAMESAKES, 0)
    _bring("web", CROWD, 1)
    own = [person(row.key, row.canonical["given_name"], row.canonical["family_name"]) for row in CROWD[:2]]
    _bring("web", own, 2)
    assert (_customers(), CommonValue.objects.count()) == (1 + len(CROWD), 0)
    assert _settled(tmp_path)


def test_those_who_share_more_than_the_default_are_still_one(tmp_path: Path) -> None:
    twice = [person(key, "Ann", "Leeming", email=NOBODY, born="1978-12-11", phone=PHONE) for key in "12"]
    _bring("shop", twice, 0)
    _bring("web", CROWD, 1)
    assert _customers() == 1 + len(CROWD)
    assert _settled(tmp_path)
