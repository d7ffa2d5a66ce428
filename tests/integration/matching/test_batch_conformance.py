"""Batch and online decide alike: the same levels, weights, vetoes and groups on half a million pairs and more."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from broken_people import broken_people
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customerfile.matching.batch.resolve import resolve
from customerfile.matching.batch.scoring import levels_of
from customerfile.matching.cluster import Pair
from customerfile.matching.columns import Ints
from customerfile.matching.in_memory import resolve_prepared
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import Scored, score_indexed, vetoes_of
from tests.factories.matching_batches import LIMITS, inputs, predicted

pytestmark = pytest.mark.slow

MODEL = default_model()
PAIRS = 520_000
NEIGHBOURS = 8


def test_half_a_million_broken_pairs_come_out_alike(tmp_path: Path) -> None:
    people = broken_people(1500, times=4, seed=20)
    pairs = _pairs(people, PAIRS)
    found = predicted(people, pairs, tmp_path)
    online = score_indexed(MODEL, people, *_columns(found))
    assert len(online.weight) >= 500_000
    assert _differences(found, online) == {}
    assert np.abs(found["match_weight"].to_numpy() - online.weight).max() < 1e-9
    assert _levels_not_met(online) == []


def test_groups_of_broken_people_are_those_of_the_reference(tmp_path: Path) -> None:
    people = broken_people(600, times=4, seed=21)
    expected = resolve_prepared(people, MODEL)
    with resolve(inputs(people), MODEL, folder=tmp_path, limits=LIMITS) as found:
        scored, groups = found.pairs().read_all(), found.groups["group"].to_numpy()
    assert max(Counter(groups.tolist()).values()) > 3
    assert [set(np.flatnonzero(groups == group).tolist()) for group in np.unique(groups)] == expected.groups
    kept = expected.scored.weight >= MODEL.thresholds.review
    assert scored["weight"].to_pylist() == expected.scored.weight[kept].tolist()
    assert scored["veto"].to_pylist() == expected.scored.veto[kept].tolist()


texts = st.text(max_size=8) | st.sampled_from(
    ["a", "ab", "İ", "ß", "é", "-", "0", "n/a", "李", "a b", "\u200b", "'"]
)


@st.composite
def odd_people(draw: st.DrawFn) -> Prepared:
    address = st.fixed_dictionaries(
        dict.fromkeys(("street", "house_number", "unit", "postcode", "city"), texts)
    )
    identifier = st.fixed_dictionaries({"scheme": st.sampled_from(["", "us.ssn", "x.other"]), "value": texts})
    record = {
        name: draw(texts)
        for name in (
            "given_name",
            "middle_name",
            "family_name",
            "name_suffix",
            "organisation_name",
            "trading_name",
        )
    }
    return prepare(
        record
        | {
            "kind": draw(st.sampled_from(["person", "organisation", ""])),
            "birth_date": draw(
                st.sampled_from(["", "0001-01-01", "9999-12-31", "0999-02-03", "-", "----", "1999-0"])
            ),
            "email": draw(st.lists(texts.map(lambda text: {"value": f"{text}@{text}"}), max_size=3)),
            "phone": draw(st.lists(texts.map(lambda text: {"value": text}), max_size=3)),
            "address": draw(st.lists(address, max_size=3)),
            "national_id": draw(st.lists(identifier, max_size=3)),
            "iban": draw(st.lists(identifier, max_size=2)),
        }
    )


@given(st.lists(odd_people(), min_size=12, max_size=40))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_odd_values_come_out_alike(tmp_path: Path, people: list[Prepared]) -> None:
    pairs = [(left, right) for right in range(len(people)) for left in range(right)]
    found = predicted(people, pairs, tmp_path)
    assert _differences(found, score_indexed(MODEL, people, *_columns(found))) == {}


def _pairs(people: Sequence[Prepared], count: int) -> list[Pair]:
    """Each record with those next to it in several orders, and with others by chance."""
    found = {pair for order in _orders(people) for pair in _neighbours(order)}
    random = Random(5)
    while len(found) < count:
        left, right = random.randrange(len(people)), random.randrange(len(people))
        if left != right:
            found.add((min(left, right), max(left, right)))
    return sorted(found)


def _orders(people: Sequence[Prepared]) -> Iterator[list[int]]:
    places = list(range(len(people)))
    yield places
    for field in ("given", "family", "birth", "emails", "phones", "addresses", "strong", "organisation"):
        yield sorted(places, key=lambda place: getattr(people[place], field))


def _neighbours(order: list[int]) -> Iterator[Pair]:
    for step in range(1, NEIGHBOURS + 1):
        for left, right in zip(order, order[step:], strict=False):
            yield (min(left, right), max(left, right))


def _columns(found: pa.Table) -> tuple[Ints, Ints]:
    return found["record_id_l"].to_numpy(), found["record_id_r"].to_numpy()


def _differences(found: pa.Table, online: Scored) -> dict[str, list[list[int]]]:
    """Comparison (or "veto") -> left, right, level in batch, level online; the first few."""
    left, right = _columns(found)
    levels = levels_of(found, MODEL)
    columns = {
        comparison.name: (levels[:, n], online.level[:, n]) for n, comparison in enumerate(MODEL.comparisons)
    }
    columns["veto"] = (vetoes_of(MODEL, levels), online.veto)
    told = {}
    for name, (batch, other) in columns.items():
        rows = np.flatnonzero(batch != other)[:5]
        told[name] = [
            tuple(map(int, row))
            for row in zip(left[rows], right[rows], batch[rows], other[rows], strict=True)
        ]
    return {name: rows for name, rows in told.items() if rows}


def _levels_not_met(online: Scored) -> list[str]:
    """Levels that too few pairs stand at to say that they were tried."""
    return [
        f"{comparison.name}.{level.name}"
        for place, comparison in enumerate(MODEL.comparisons)
        for number, level in enumerate(comparison.levels)
        if np.count_nonzero(online.level[:, place] == number) < 20
    ]
