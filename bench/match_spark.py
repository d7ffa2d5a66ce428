"""A whole file matched on Spark and on DuckDB, in the same run on this machine, and whether both decide alike.

python bench/match_spark.py [--rows 100000] [--seed 7] [--master local[*]]. On one machine Spark cannot win: the figure
tells what its start and its way of working cost before a cluster pays for them. Needs Java 17.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow.parquet as pq

from bench.kit.home import Ended, run_python
from bench.kit.report import Figure, print_figures
from bench.make_people import write_people

_KIT = Path(__file__).resolve().parent / "kit"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its process and what it told."""

    process: Ended
    told: dict[str, float]


def main() -> int:
    """Measure; 0 where both decide alike."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="customerfile-bench-") as place:
        folder = Path(place)
        print(f"Writing and preparing {options.rows:,} rows ...", flush=True)
        write_people(folder, rows=options.rows, seed=options.seed)
        run_python([str(_KIT / "prepared_people.py"), str(folder)])
        duckdb, spark = _run(folder, "duckdb"), _run(folder, "spark", options.master)
        differing = [name for name in ("pairs", "groups") if not _is_same(folder, name)]
    title = f"Matching of {options.rows:,} records at once, Spark at {options.master}"
    return 0 if print_figures(title, _figures(duckdb, spark, differing)) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--master", default="local[*]")
    return parser.parse_args()


def _run(folder: Path, *words: str) -> Run:
    print(f"Running {words[0]} ...", flush=True)
    done = run_python([str(_KIT / "engine_run.py"), str(folder), *words])
    return Run(done, json.loads(done.output))


def _is_same(folder: Path, name: str) -> bool:
    one, other = (pq.read_table(folder / f"{engine}-{name}.parquet") for engine in ("duckdb", "spark"))
    return bool(one.equals(other))


def _figures(duckdb: Run, spark: Run, differing: list[str]) -> list[Figure]:
    told = spark.told
    return [
        Figure("Spark: block, score, group", f"{told['seconds']:.1f} s"),
        Figure("beside it DuckDB", f"{duckdb.told['seconds']:.1f} s"),
        Figure("Spark: peak memory, with its Java", f"{spark.process.peak_bytes / 1e9:.2f} GB"),
        Figure("beside it DuckDB", f"{duckdb.process.peak_bytes / 1e9:.2f} GB"),
        Figure("candidate pairs", f"{told['candidates']:,}", f"{told['scored']:,} for review or better"),
        Figure(
            "pairs, levels, weights, vetoes, groups",
            "differ" if differing else "the same",
            "the same on both",
            not differing and told["candidates"] == duckdb.told["candidates"],
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
