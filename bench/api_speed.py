"""The interface over HTTP, as a program on this machine meets it: batches, single records, whole files read.

Three in four of the records that are sent are in the file already under another key. The limits are for 1,000,000
records there, with both cores shared between the server, the database and the caller:
python bench/api_speed.py [--records 20000] [--home DIR] [--batches 7] [--singles 600] [--reads 600] [--callers 2]
"""

import argparse
import csv
import json
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import batched
from pathlib import Path
from threading import local
from time import monotonic, perf_counter, sleep
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import Ground, run_command, start_python
from bench.kit.people_home import add_home_options, arrivals, people_home
from bench.kit.report import Figure, print_figures

BATCH, BATCH_LIMIT, SINGLE_LIMIT, READ_LIMIT_MS = 500, 3000.0, 300.0, 50.0
_WARM_UP = 20
_STARTS_WITHIN = 60.0
_PLAIN = ("given_name", "family_name", "birth_date", "gender", "email", "phone", "updated_at")
_ADDRESS = {"street": "line", "city": "city", "postcode": "postcode", "country": "country"}

type Item = dict[str, Any]


class Caller:
    """Calls with one token; one connection for each thread, kept open."""

    def __init__(self, port: int, secret: str) -> None:
        self._port, self._own = port, local()
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: object = None) -> Any:
        """What is answered. Raises SystemExit where that is an error."""
        if not hasattr(self._own, "connection"):
            self._own.connection = HTTPConnection("127.0.0.1", self._port, timeout=120)
        text = None if body is None else json.dumps(body)
        self._own.connection.request(method, f"/api/v1{path}", text, self._headers)
        answer = self._own.connection.getresponse()
        found = json.loads(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status} {found}")
        return found

    def upsert(self, items: Sequence[Item]) -> list[str]:
        """Send records; the numbers of their customers."""
        told = self("POST", "/records", {"source": "api", "records": items})
        if told["created"] != len(items):
            raise SystemExit(f"Not every record was created: {told}")
        return [each["customer"] for each in told["results"]]


def main() -> int:
    """Measure; 0 where every limit was kept."""
    options = _options()
    with people_home(options) as ground, _serving(ground) as call:
        items = _items(ground, (options.batches + 1) * BATCH + options.singles + _WARM_UP)
        figures, numbers = _writes(call, items, options)
        figures += _reads(call, numbers[: options.reads])
    title = f"The interface, {options.records:,} records there, {options.callers} callers at once for single records"
    return 0 if print_figures(title, figures) else 1


def _writes(
    call: Caller, items: Iterator[Item], options: argparse.Namespace
) -> tuple[list[Figure], list[str]]:
    numbers = call.upsert([next(items) for _ in range(BATCH)])
    batches = list(batched((next(items) for _ in range(options.batches * BATCH)), BATCH, strict=True))
    seconds, found = _timed(lambda: [call.upsert(batch) for batch in batches])
    numbers += [number for batch in found for number in batch]
    for _ in range(_WARM_UP):
        call.upsert([next(items)])
    alone = [next(items) for _ in range(options.singles // 2)]
    one_caller, _ = _timed(lambda: [call.upsert([item]) for item in alone])
    rest = [next(items) for _ in range(options.singles // 2)]
    with ThreadPoolExecutor(options.callers) as callers:
        at_once, _ = _timed(lambda: list(callers.map(lambda item: call.upsert([item]), rest)))
    batch_rate, single_rate = len(batches) * BATCH / seconds, len(rest) / at_once
    in_batches, one_by_one = batch_rate >= BATCH_LIMIT, single_rate >= SINGLE_LIMIT
    return [
        Figure(
            f"records/s in batches of {BATCH}", f"{batch_rate:,.0f}", f"limit {BATCH_LIMIT:,.0f}", in_batches
        ),
        Figure("single records/s", f"{single_rate:,.0f}", f"limit {SINGLE_LIMIT:,.0f}", one_by_one),
        Figure("  of one caller alone", f"{len(alone) / one_caller:,.0f}"),
    ], numbers


def _reads(call: Caller, numbers: Sequence[str]) -> list[Figure]:
    for number in numbers[:_WARM_UP]:
        call("GET", f"/customers/{number}")
    times = sorted(_timed(lambda number=number: call("GET", f"/customers/{number}"))[0] for number in numbers)
    p50, p99 = (times[min(len(times) - 1, int(share * len(times)))] * 1000 for share in (0.5, 0.99))
    return [
        Figure("whole file read, p50", f"{p50:.1f} ms"),
        Figure(
            "whole file read, p99", f"{p99:.1f} ms", f"limit {READ_LIMIT_MS:.0f} ms", p99 <= READ_LIMIT_MS
        ),
    ]


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    started = perf_counter()
    found = work()
    return perf_counter() - started, found


def _items(ground: Ground, count: int) -> Iterator[Item]:
    path = arrivals(ground, count)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path.unlink()
    return (_item(f"{path.stem}-{line}", row) for line, row in enumerate(rows))


def _item(key: str, row: dict[str, str]) -> Item:
    item: Item = {"key": key} | {field: row[field] for field in _PLAIN if row[field]}
    address = {part: row[column] for column, part in _ADDRESS.items() if row[column]}
    return item | ({"address": address} if address else {})


@contextmanager
def _serving(ground: Ground) -> Iterator[Caller]:
    """The real server on the home, until the end of the block."""
    made = run_command(
        ground, "token", "add", "bench", "--may", "deliveries.import", "--may", "customers.see", "--json"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = start_python(["-m", "customerfile", "serve", "--port", str(port)], ground)
    try:
        _wait_for(port)
        yield Caller(port, json.loads(made.output)["secret"])
    finally:
        server.terminate()
        server.communicate()


def _wait_for(port: int) -> None:
    limit = monotonic() + _STARTS_WITHIN
    while monotonic() < limit:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.2)
        else:
            return
    raise SystemExit("The server did not start.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_home_options(parser)
    parser.set_defaults(records=20_000)
    parser.add_argument("--batches", type=int, default=7)
    parser.add_argument("--singles", type=int, default=600)
    parser.add_argument("--reads", type=int, default=600)
    parser.add_argument("--callers", type=int, default=2, help="at once, for single records")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
