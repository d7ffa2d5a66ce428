"""People arrive in a large file by the thousand: the real import of 100,000 records into 1,000,000, resolved.

Three in four are in the file already under another key. The rate is from the first row to the last commit, as the
import tells it; the whole command, with its start, stands beside it.
python bench/arrival_speed.py [--records 1000000] [--arriving 100000] [--home DIR]
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import run_command
from bench.kit.people_home import add_home_options, arrivals, people_home
from bench.kit.report import Figure, print_figures

LIMIT_RATE = 3000.0


def main() -> int:
    """Measure; 0 where the limit was kept."""
    options = _options()
    with people_home(options) as ground:
        path = arrivals(ground, options.arriving)
        done = run_command(ground, "import", str(path), "--source", path.stem, "--as", "customers", "--json")
        path.unlink()
    counts = json.loads(done.output)
    if counts["created"] != options.arriving:
        raise SystemExit(f"Not every row became a record: {counts}")
    rate = options.arriving / counts["seconds"]
    figures = [
        Figure("records a second", f"{rate:,.0f}", f"limit {LIMIT_RATE:,.0f}", rate >= LIMIT_RATE),
        Figure(
            "  in all", f"{counts['seconds']:.1f} s", f"with the start of the command {done.seconds:.1f} s"
        ),
        Figure(
            "  joined somebody",
            f"{counts['records_joined']:,}",
            f"new customers {counts['customers_created']:,}",
        ),
        Figure("  peak memory, both processes", f"{done.peak_bytes / 1e9:.2f} GB"),
    ]
    title = f"{options.arriving:,} records arrive, {options.records:,} there already"
    return 0 if print_figures(title, figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_home_options(parser)
    parser.add_argument("--arriving", type=int, default=100_000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
