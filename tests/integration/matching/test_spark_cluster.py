"""A cluster of one master and two workers comes to the very pairs, levels, weights, vetoes and groups of DuckDB."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from broken_people import broken_people
from local_spark import LocalCluster, customerfile, local_cluster, needs_java, spark_run

from customerfile.embedded import throw_away_home
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.batch.resolve import resolve
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from tests.factories.many_people import as_csv, many_people
from tests.factories.matching_batches import LIMITS, MODEL, inputs

pytestmark = [pytest.mark.slow, needs_java]

_NOTHING = (
    "pairs_missing",
    "pairs_stale",
    "pairs_changed",
    "links_gained",
    "links_lost",
    "customers_affected",
)

type Outcome = tuple[pa.Table, pa.Table]  # scored pairs, groups


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with local_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def test_the_cluster_decides_as_duckdb_does(cluster: LocalCluster, tmp_path: Path) -> None:
    """A file of several thousands; and one without pairs, and one without records."""
    alone = [prepare({"given_name": "Zoe", "family_name": "Young"})]
    people = [prepare(record) for _, record in many_people(2500)] + broken_people(400, times=4, seed=23)
    files = [_written(each, tmp_path / f"file{number}") for number, each in enumerate((people, alone, []))]
    spark_run(cluster.master, *files, conf=cluster.conf)
    whole, *small = [_on_duckdb(folder) for folder in files]
    assert [_came_out(folder) for folder in files] == [whole, *small]

    scored, groups = whole
    assert scored.num_rows > 1000
    assert len(set(scored["veto"].to_pylist())) > 2
    assert max(Counter(groups["group"].to_pylist()).values()) > 3
    assert [(scored.num_rows, groups.num_rows) for scored, groups in small] == [(0, 1), (0, 0)]
    assert all(any((cluster.work / name).iterdir()) for name in ("one", "two"))  # both took part
    assert not list(tmp_path.glob("*/matching-*"))


def _written(people: list[Prepared], folder: Path) -> Path:
    folder.mkdir()
    given = inputs(people)
    for name in ("records", "keys"):
        pq.write_table(getattr(given, name), folder / f"{name}.parquet")
    return folder


def _on_duckdb(folder: Path) -> Outcome:
    given = Inputs(folder / "records.parquet", folder / "keys.parquet")
    with resolve(given, MODEL, folder=folder, limits=LIMITS) as found:
        return found.pairs().read_all(), found.groups


def _came_out(folder: Path) -> Outcome:
    return pq.read_table(folder / "scored.parquet"), pq.read_table(folder / "groups.parquet")


def test_the_command_finds_nothing_to_change_in_a_settled_file(cluster: LocalCluster, tmp_path: Path) -> None:
    members, shared = tmp_path / "members.csv", tmp_path / "shared"
    members.write_text(as_csv(1500))
    shared.mkdir()
    where = ("--engine", "spark", "--spark-master", cluster.master, "--shared-folder", str(shared))
    with throw_away_home() as place:
        run = partial(customerfile, place, conf=cluster.conf)
        assert run("import", str(members), "--source", "members").returncode == 0
        done = run("match", "reconcile", *where, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["records"], told["candidate_pairs"] > 300) == (1500, True)
    assert {name: told[name] for name in _NOTHING} == dict.fromkeys(_NOTHING, 0)
    assert not list(shared.iterdir())
