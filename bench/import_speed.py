"""The main job: people in two CSV files of 12 columns, three rows in ten seen twice, through the real import.

Every figure stands beside its limit or its peer: raw COPY of the same rows, and Splink's own batch run.
python bench/import_speed.py [--rows 1000000] [--seed 7] [--without-splink] [--keep]
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import psycopg
from psycopg import sql

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import Ended, Ground, bench_ground, run_command, run_python
from bench.kit.pairs import Quality, quality, read_grouping
from bench.kit.report import Figure, print_figures
from bench.make_people import HEADER, write_people

FILES = ("people_a", "people_b")
LIMIT_SECONDS, LIMIT_ROWS = 300.0, 1_000_000
LIMIT_BYTES = 4 * 10**9
_KIT = Path(__file__).resolve().parent / "kit"


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was imported: what the command answered, and its process."""

    name: str
    rows: int
    process: Ended

    @property
    def rate(self) -> float:
        """Rows per second of the whole process, its start included."""
        return self.rows / self.process.seconds


@dataclass(frozen=True, slots=True)
class Peer:
    """Splink's run over the same files."""

    process: Ended
    steps: dict[str, float]
    quality: Quality


def main() -> int:
    """Measure; 0 where every limit was kept."""
    options = _options()
    with bench_ground(keep=options.keep) as ground:
        _say(f"Writing {options.rows:,} rows")
        write_people(ground.folder, rows=options.rows, seed=options.seed)
        taken = [_import(ground, name) for name in FILES]
        ours = _our_quality(ground)
        _say("Stages alone, raw COPY")
        stages = json.loads(run_python([str(_KIT / "stages.py"), str(ground.folder / "people_a.csv")]).output)
        copied = _raw_copy(ground)
        peer = None if options.without_splink else _splink(ground)
    figures = [*_import_figures(taken, copied, peer), *_stage_figures(stages, taken)]
    figures += [*_memory_figures(taken, peer), *_quality_figures(ours, peer)]
    return 0 if print_figures(f"Import of {options.rows:,} rows", figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=LIMIT_ROWS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-splink", action="store_true")
    parser.add_argument("--keep", action="store_true", help="keep the home, and say where it is")
    return parser.parse_args()


def _say(what: str) -> None:
    print(f"{what} ...", flush=True)


def _import(ground: Ground, name: str) -> Taken:
    _say(f"Importing {name}.csv")
    path = str(ground.folder / f"{name}.csv")
    done = run_command(ground, "import", path, "--source", name, "--as", "customers", "--json")
    counts = json.loads(done.output)
    if counts["created"] != counts["rows"]:
        raise SystemExit(f"Not every row of {name} became a record: {counts}")
    return Taken(name, counts["rows"], done)


def _our_quality(ground: Ground) -> Quality:
    links = ground.folder / "links.csv"
    run_command(ground, "links", "--csv", str(links), "--reason", "bench")
    return quality(read_grouping(links, "customer"), _truth(ground))


def _truth(ground: Ground) -> dict[tuple[str, str], str]:
    return read_grouping(ground.folder / "truth.csv", "entity")


def _raw_copy(ground: Ground) -> float:
    """Seconds to COPY both files as text into a table without an index, committed."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} text").format(sql.Identifier(name)) for name in HEADER.split(",")
    )
    with psycopg.connect(ground.superuser.conninfo) as connection:
        connection.execute(sql.SQL("CREATE TABLE bench_raw ({})").format(columns))
        connection.commit()
        started = monotonic()
        with connection.cursor() as cursor:
            for name in FILES:
                with (
                    (ground.folder / f"{name}.csv").open("rb") as file,
                    cursor.copy("COPY bench_raw FROM STDIN (FORMAT csv, HEADER)") as copy,
                ):
                    while block := file.read(1 << 20):
                        copy.write(block)
        connection.commit()
        seconds = monotonic() - started
        connection.execute("DROP TABLE bench_raw")
    return seconds


def _splink(ground: Ground) -> Peer:
    _say("Splink's own batch run")
    clusters = ground.folder / "clusters.csv"
    done = run_python([str(_KIT / "splink_peer.py"), str(ground.folder), str(clusters)])
    return Peer(done, json.loads(done.output), quality(read_grouping(clusters, "cluster"), _truth(ground)))


def _import_figures(taken: list[Taken], copied: float, peer: Peer | None) -> list[Figure]:
    rows, seconds = sum(each.rows for each in taken), sum(each.process.seconds for each in taken)
    limit = LIMIT_SECONDS * rows / LIMIT_ROWS
    pro_rata = "" if rows == LIMIT_ROWS else f" (pro rata of {LIMIT_SECONDS:.0f} s for {LIMIT_ROWS:,})"
    figures = [
        Figure(
            f"{each.name}.csv, {each.rows:,} rows",
            f"{each.process.seconds:.1f} s",
            f"{each.rate:,.0f} rows/s",
        )
        for each in taken
    ]
    figures += [
        Figure(
            "whole import, resolved and searchable",
            f"{seconds:.1f} s",
            f"limit {limit:.1f} s{pro_rata}",
            seconds <= limit,
        ),
        Figure("  the same", f"{rows / seconds:,.0f} rows/s"),
        Figure("peer: raw COPY, no index", f"{rows / copied:,.0f} rows/s", f"{copied:.1f} s"),
    ]
    if peer is not None:
        whole = sum(peer.steps.values())
        steps = ", ".join(f"{step} {spent:.1f}" for step, spent in peer.steps.items())
        figures.append(
            Figure(
                "peer: Splink on DuckDB, links only", f"{rows / whole:,.0f} rows/s", f"{whole:.1f} s: {steps}"
            )
        )
    return figures


def _stage_figures(stages: dict[str, float], taken: list[Taken]) -> list[Figure]:
    """The stages before writing go on beside the writing, in a process of their own."""
    together = 1 / sum(1 / rate for rate in stages.values())
    written = sum(each.rows for each in taken) / sum(each.process.seconds for each in taken)
    return [
        *(
            Figure(f"stage: {name}", f"{rate:,.0f} rows/s", "alone, one core")
            for name, rate in stages.items()
        ),
        Figure("stages before writing, together", f"{together:,.0f} rows/s", "one core"),
        Figure("writing, resolving, indexing", f"{written:,.0f} rows/s", "the real import, stages beside it"),
    ]


def _memory_figures(taken: list[Taken], peer: Peer | None) -> list[Figure]:
    peak = max(each.process.peak_bytes for each in taken)
    figures = [
        Figure(
            "peak memory, importer and its second process",
            f"{peak / 1e9:.2f} GB",
            f"limit {LIMIT_BYTES / 1e9:.0f} GB, PostgreSQL apart",
            peak <= LIMIT_BYTES,
        )
    ]
    if peer is not None:
        figures.append(Figure("peer: Splink with DuckDB", f"{peer.process.peak_bytes / 1e9:.2f} GB"))
    return figures


def _quality_figures(ours: Quality, peer: Peer | None) -> list[Figure]:
    figures = [Figure("pairwise F1 against the truth", f"{ours.f1:.4f}", _parts(ours))]
    if peer is not None:
        figures.append(
            Figure("peer: Splink, trained on these rows", f"{peer.quality.f1:.4f}", _parts(peer.quality))
        )
    return figures


def _parts(found: Quality) -> str:
    return f"precision {found.precision:.4f}, recall {found.recall:.4f}"


if __name__ == "__main__":
    sys.exit(main())
