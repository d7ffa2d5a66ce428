"""How the work of matching grows with the file: candidate pairs per record of the benchmark's people, by size.

A table, and a chart beside it. python bench/match_growth.py [--rows 100000 300000 1000000 3000000] [--chart FILE]
"""

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import altair as alt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import CHECKOUT, run_python
from bench.kit.report import Figure, print_figures
from bench.make_people import write_people
from customerfile.base.charts import check_chart_path, write_chart
from customerfile.matching.model import default_model

SIZES = (100_000, 300_000, 1_000_000, 3_000_000)
MOST_PAIRS = 5.0  # a record; two true ones in ten records are to be found among them
LIMIT_BYTES = 6 * 10**9
_COUNTS = str(Path(__file__).resolve().parent / "kit" / "candidate_counts.py")


@dataclass(frozen=True, slots=True)
class Size:
    """What was counted at one size of the file."""

    records: int
    keys: int
    pairs: int
    hot_keys: int
    largest_block: int
    seconds: float
    peak_bytes: int

    @property
    def pairs_per_record(self) -> float:
        """Candidate pairs, each counted once, divided by records."""
        return self.pairs / self.records


def main() -> int:
    """Measure; 0 where the pairs of a record stay within the limit at every size."""
    options = _options()
    options.chart.parent.mkdir(parents=True, exist_ok=True)
    check_chart_path(options.chart)
    sizes = [_measure(rows, options.seed) for rows in options.rows]
    write_chart(_chart(sizes), options.chart)
    figures = [figure for size in sizes for figure in _figures(size)]
    kept = print_figures(f"Growth of matching, model {default_model().hash[:12]}", figures)
    print(f"Chart: {options.chart}")
    return 0 if kept else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--chart", type=Path, default=CHECKOUT / "build" / "match-growth.svg")
    return parser.parse_args()


def _measure(rows: int, seed: int) -> Size:
    """Every size in a process of its own, so that its memory is its own."""
    print(f"{rows:,} records ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="customerfile-bench-") as folder:
        write_people(Path(folder), rows=rows, seed=seed)
        done = run_python([_COUNTS, folder])
    return Size(**json.loads(done.output), seconds=done.seconds, peak_bytes=done.peak_bytes)


def _figures(size: Size) -> list[Figure]:
    each = size.pairs_per_record
    keys = f"{size.keys / size.records:.1f} keys a record"
    hot = f"{size.hot_keys:,} too common keys passed over" + (
        f", the commonest of {size.largest_block:,} records" if size.hot_keys else ""
    )
    return [
        Figure(
            f"{size.records:,} records", f"{each:.2f} pairs a record", f"limit {MOST_PAIRS:g}", each <= MOST_PAIRS
        ),
        Figure("  pairs in all", f"{size.pairs:,}", f"{keys}; {hot}"),
        Figure(
            "  counted in", f"{size.seconds:.0f} s, {size.peak_bytes / 1e9:.1f} GB",
            f"limit {LIMIT_BYTES / 1e9:.0f} GB", size.peak_bytes <= LIMIT_BYTES,
        ),
    ]  # fmt: skip


def _chart(sizes: list[Size]) -> alt.Chart:
    points = [{"records": size.records, "pairs": size.pairs_per_record} for size in sizes]
    return (
        alt.Chart({"values": points}, title="Candidate pairs a record", width=420, height=280)
        .mark_line(point=True)
        .encode(
            alt.X(
                "records:Q",
                title="records in the file",
                scale=alt.Scale(type="log"),
                axis=alt.Axis(format="~s"),
            ),
            alt.Y("pairs:Q", title="pairs a record", scale=alt.Scale(zero=True)),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
