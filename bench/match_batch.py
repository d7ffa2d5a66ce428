"""A whole file matched at once: blocked, scored and grouped, beside Splink's own run on the same people.

Ours starts from the comparison inputs and blocking keys that the database holds; Splink from the CSV files, trained on
them. python bench/match_batch.py [--rows 1000000] [--seed 7]
"""

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import Ended, run_python
from bench.kit.pairs import Quality, quality, read_grouping
from bench.kit.report import Figure, print_figures
from bench.make_people import write_people

_KIT = Path(__file__).resolve().parent / "kit"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its process, what it told, its seconds and how good its groups are."""

    process: Ended
    told: dict[str, float]
    seconds: float
    quality: Quality


def main() -> int:
    """Measure; 0 where ours is no slower than Splink and needs less memory."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="customerfile-bench-") as place:
        folder = Path(place)
        print(f"Writing and preparing {options.rows:,} rows ...", flush=True)
        write_people(folder, rows=options.rows, seed=options.seed)
        run_python([str(_KIT / "prepared_people.py"), str(folder)])
        ours, peer = _run(folder, "batch_run.py"), _run(folder, "splink_peer.py")
    return 0 if print_figures(f"Matching of {options.rows:,} records at once", _figures(ours, peer)) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def _run(folder: Path, script: str) -> Run:
    print(f"Running {script} ...", flush=True)
    clusters = folder / f"{script}.csv"
    done = run_python([str(_KIT / script), str(folder), str(clusters)])
    told = json.loads(done.output)
    truth = read_grouping(folder / "truth.csv", "entity")
    seconds = told.get("seconds") or sum(told.values())  # Splink's run tells the seconds of its steps
    return Run(done, told, seconds, quality(read_grouping(clusters, "cluster"), truth))


def _figures(ours: Run, peer: Run) -> list[Figure]:
    steps = ", ".join(f"{step} {spent:.1f}" for step, spent in peer.told.items())
    held, peer_held = ours.process.peak_bytes, peer.process.peak_bytes
    scored = f"{ours.told['scored']:,} of them scored for review or better"
    return [
        Figure(
            "block, score, group",
            f"{ours.seconds:.1f} s",
            "no slower than Splink",
            ours.seconds <= peer.seconds,
        ),
        Figure("peer: Splink's own run", f"{peer.seconds:.1f} s", steps),
        Figure("candidate pairs", f"{ours.told['candidates']:,}", scored),
        Figure("peak memory", f"{held / 1e9:.2f} GB", "less than Splink", held < peer_held),
        Figure("peer: Splink", f"{peer_held / 1e9:.2f} GB"),
        Figure("pairwise F1", f"{ours.quality.f1:.4f}", _parts(ours.quality)),
        Figure("peer: Splink", f"{peer.quality.f1:.4f}", _parts(peer.quality)),
    ]


def _parts(found: Quality) -> str:
    return f"precision {found.precision:.4f}, recall {found.recall:.4f}"


if __name__ == "__main__":
    sys.exit(main())
