"""A whole file resolved at once comes out as in memory, however it is handed over and cut into parts."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from matching_people import MODEL, home, person

from customerfile.matching.batch import grouping, scoring
from customerfile.matching.batch.duck import private_duckdb
from customerfile.matching.batch.errors import BatchFailed
from customerfile.matching.batch.grouping import NOTHING_JUDGED, Judged
from customerfile.matching.batch.inputs import Inputs, candidate_pairs, load
from customerfile.matching.batch.resolve import resolve
from customerfile.matching.in_memory import resolve_prepared
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from tests.factories.matching_batches import LIMITS, inputs, key_table

ANN = person(given_name="Ann", family_name="Quist", birth_date="1978-12-11", email="ann@example.org")
FAMILY = [
    ANN,
    ANN | {"phone": [{"value": "+17029191300"}], "address": [home()]},
    ANN | {"given_name": "Anne", "birth_date": "1978-11-12", "address": [home()]},
    person(given_name="Otto", family_name="Quist", phone="+17029191300", address=home()),
    person(given_name="Otto", family_name="Quist", email="otto@example.org", address=home()),
    person(given_name="Zoe", family_name="Young"),
]
PEOPLE = [prepare(record) for record in FAMILY]


def _groups(given: Inputs, folder: Path, judged: Judged = NOTHING_JUDGED) -> list[set[int]]:
    with resolve(given, MODEL, folder=folder, judged=judged, limits=LIMITS) as found:
        rows = found.groups.to_pylist()
    assert [row["record"] for row in rows] == sorted(row["record"] for row in rows)
    return [
        {row["record"] for row in rows if row["group"] == group}
        for group in sorted({row["group"] for row in rows})
    ]


def _scored(given: Inputs, folder: Path) -> list[dict[str, object]]:
    with resolve(given, MODEL, folder=folder, limits=LIMITS) as found:
        return list(found.pairs().read_all().to_pylist())


def _expected(people: Sequence[Prepared]) -> list[dict[str, object]]:
    found = resolve_prepared(people, MODEL)
    return [
        {
            "left_id": int(left), "right_id": int(right), "weight": float(weight),
            "levels": level.tobytes(), "veto": int(veto),
        }
        for left, right, weight, level, veto in zip(
            found.left, found.right, found.scored.weight, found.scored.level, found.scored.veto, strict=True
        )
        if weight >= MODEL.thresholds.review
    ]  # fmt: skip


def test_pairs_and_groups_are_those_of_the_reference(tmp_path: Path) -> None:
    assert _scored(inputs(PEOPLE), tmp_path) == _expected(PEOPLE)
    assert _groups(inputs(PEOPLE), tmp_path) == [
        set(group) for group in resolve_prepared(PEOPLE, MODEL).groups
    ]
    assert _groups(inputs(PEOPLE), tmp_path)[0] == {0, 1, 2}
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_parts_that_pairs_and_components_are_cut_into_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _scored(inputs(PEOPLE), tmp_path), _groups(inputs(PEOPLE), tmp_path)
    monkeypatch.setattr(scoring, "PAIRS_AT_ONCE", 2)
    monkeypatch.setattr(grouping, "MEMBERS_AT_ONCE", 1)
    assert (_scored(inputs(PEOPLE), tmp_path), _groups(inputs(PEOPLE), tmp_path)) == whole


def test_records_from_parquet_and_from_a_stream(tmp_path: Path) -> None:
    given = inputs(PEOPLE)
    paths = {name: tmp_path / f"{name}.parquet" for name in ("records", "keys")}
    for name, path in paths.items():
        pq.write_table(getattr(given, name), path)
    streams = Inputs(given.records.to_reader(), given.keys.to_reader())
    assert _groups(Inputs(**paths), tmp_path) == _groups(streams, tmp_path) == _groups(given, tmp_path)


def test_a_file_without_records_and_one_without_pairs(tmp_path: Path) -> None:
    assert _groups(inputs([]), tmp_path) == []
    assert _groups(inputs(PEOPLE[-1:]), tmp_path) == [{0}]


def test_a_pair_is_met_once_and_a_key_that_too_many_share_not_at_all(tmp_path: Path) -> None:
    most = MODEL.max_block_size
    keys = [(7, 1), (7, 2), (8, 2), (8, 1), (9, 5)]
    keys += [(10, record) for record in range(most + 1)] + [(11, record) for record in range(100, 100 + most)]
    with private_duckdb(LIMITS, tmp_path) as database:
        load(database, Inputs(inputs(PEOPLE).records, key_table(keys)), MODEL)
        assert candidate_pairs(database, MODEL) == 1 + most * (most - 1) // 2
        assert database.sql("FROM pair WHERE left_id < 100").fetchall() == [(1, 2)]


def test_judgements_beat_scores(tmp_path: Path) -> None:
    judged = Judged(apart=[(1, 0), (0, 2)], together=[(5, 3), (0, 1), (99, 4)])
    assert _groups(inputs(PEOPLE), tmp_path, judged) == [{0}, {1, 2}, {3, 4, 5}]


def test_a_source_with_one_record_per_customer(tmp_path: Path) -> None:
    given = inputs(PEOPLE, sources=[1, 1, 2, 3, 3, 3])
    assert _groups(given, tmp_path, Judged(exclusive=[1])) == [{0}, {1, 2}, {3, 4}, {5}]
    assert _groups(given, tmp_path, Judged(exclusive=[3])) == [{0, 1, 2}, {3}, {4}, {5}]


def test_a_database_that_gives_up_is_told_in_few_words(tmp_path: Path) -> None:
    without = Inputs(pa.table({"record": [1]}), inputs(PEOPLE).keys)
    with pytest.raises(BatchFailed, match="Nothing has been changed") as failure:
        _groups(without, tmp_path)
    assert len(str(failure.value)) < 400
