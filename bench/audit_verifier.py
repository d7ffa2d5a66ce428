"""Rows per second of the program that verifies an exported ledger, run as an auditor runs it: with nothing installed.

Run: python bench/audit_verifier.py --rows 200000
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.kit.report import Figure, print_figures
from customerfile.audit import audit_verifier
from customerfile.audit.audit_verifier import ENTRIES, FIRST_LINE, READS, hash_of, line_of, merkle_root
from customerfile.audit.seals import Seal, anchor_text

PER_BATCH = 200  # lines of either ledger, as a minute of a busy house
LIMIT_PER_SECOND = 50_000
LIMIT_BYTES = 100_000_000
_BETWEEN_LOOKS = 0.05
_START = 1_795_000_000_000_000

type Row = tuple[str | int, ...]


def _entry(number: int) -> Row:
    detail = '{"from": "front line", "role": "steward", "customers": ["0000001X", "00000028"]}'
    return (
        ENTRIES,
        number,
        number,
        _START + number,
        "olive",
        "access.user.role_changed",
        f"user:{number}",
        detail,
    )


def _read(number: int) -> Row:
    seen = "{" + ",".join(str(number + each) for each in range(1 if number % 5 else 50)) + "}"
    return READS, number, number, _START + number, "nora", "customer", seen


def _write(path: Path, batches: int) -> Seal:
    ranges = [range(number * PER_BATCH, (number + 1) * PER_BATCH) for number in range(batches)]
    seals = list(_seals(ranges))
    with path.open("wb") as file:
        file.write(FIRST_LINE)
        file.writelines(line_of(seal.hash(), *seal.values()) for seal in seals)
        for make in (_entry, _read):
            rows = (make(number) for numbers in ranges for number in numbers)
            file.writelines(line_of(hash_of(*row), *row) for row in rows)
    return seals[-1]


def _seals(ranges: list[range]) -> Iterator[Seal]:
    at, before = datetime(2026, 11, 22, tzinfo=UTC), b""
    for number, numbers in enumerate(ranges, 1):
        entries, reads = (merkle_root(hash_of(*make(each)) for each in numbers) for make in (_entry, _read))
        seal = Seal(number, numbers.stop, at, PER_BATCH, entries, PER_BATCH, reads, before)
        before = seal.hash()
        yield seal


def _run(path: Path, anchor: str) -> tuple[float, int]:
    command = [sys.executable, "-I", "-S", audit_verifier.__file__, str(path), anchor]
    began, most = time.monotonic(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        watched = psutil.Process(running.pid)
        while running.poll() is None:
            most = max(most, watched.memory_info().rss)
            time.sleep(_BETWEEN_LOOKS)
    if running.returncode:
        raise SystemExit("The verifier found a fault where there is none.")
    return time.monotonic() - began, most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    batches = max(1, parser.parse_args().rows // (2 * PER_BATCH))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        newest = _write(path, batches)
        size = path.stat().st_size
        seconds, most = _run(path, anchor_text(newest))
    rows = batches * 2 * PER_BATCH
    speed = rows / seconds
    figures = [
        Figure("rows, in batches", f"{rows:,} in {batches:,}", f"a file of {size / 1e6:,.0f} MB"),
        Figure("seconds", f"{seconds:.2f}"),
        Figure("rows/s", f"{speed:,.0f}", f"limit {LIMIT_PER_SECOND:,}", speed >= LIMIT_PER_SECOND),
        Figure(
            "most memory, MB", f"{most / 1e6:,.0f}", f"limit {LIMIT_BYTES / 1e6:,.0f}", most <= LIMIT_BYTES
        ),
    ]
    sys.exit(0 if print_figures("Verifying an exported ledger, alone", figures) else 1)


if __name__ == "__main__":
    main()
