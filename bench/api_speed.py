"""The interface over HTTP, as programs on this machine meet it: batches, single records, whole files read.

Three in four of the records that are sent are in the file already under another key. Records one by one are sent by
several callers at once and by one alone; batches by two and by one. The limits are for 1,000,000 records there, with
both cores shared between the server, the database and the callers. With --home the file is made once and kept:
python bench/api_speed.py [--records 20000] [--home DIR] [--batches 8] [--singles 800] [--reads 600] [--callers 8]
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from threading import local
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import Ground, run_command
from bench.kit.people_home import add_home_options, arrivals, people_home
from bench.kit.report import Figure, print_figures
from bench.kit.serving import serving

BATCH, BATCH_LIMIT, SINGLE_LIMIT, READ_LIMIT_MS = 500, 3000.0, 300.0, 50.0
_BATCH_CALLERS = 2
_WARM_UP = 20
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
        items = items_of(ground, (options.batches + 1) * BATCH + options.singles + _WARM_UP)
        figures, numbers = _writes(call, items, options)
        figures += _reads(call, numbers[: options.reads])
    return 0 if print_figures(f"The interface, {options.records:,} records there", figures) else 1


def _writes(
    call: Caller, items: Iterator[Item], options: argparse.Namespace
) -> tuple[list[Figure], list[str]]:
    numbers = call.upsert([next(items) for _ in range(BATCH)])
    for _ in range(_WARM_UP):
        call.upsert([next(items)])
    half = options.batches // 2
    batches_alone = _sent(call, items, BATCH, half, callers=1)
    batches = _sent(call, items, BATCH, half, callers=_BATCH_CALLERS)
    singles_alone = _sent(call, items, 1, options.singles // 2, callers=1)
    singles = _sent(call, items, 1, options.singles // 2, callers=options.callers)
    in_batches, one_by_one = f"records/s in batches of {BATCH}", "records/s one by one"
    return [
        _rate(f"{in_batches}, {_BATCH_CALLERS} callers", batches, BATCH_LIMIT),
        _rate("  one caller", batches_alone),
        _rate(f"{one_by_one}, {options.callers} callers", singles, SINGLE_LIMIT),
        _rate("  one caller", singles_alone),
    ], numbers


def _sent(call: Caller, items: Iterator[Item], size: int, count: int, *, callers: int) -> float:
    """Records a second: so many calls with so many records each."""
    calls = [list(islice(items, size)) for _ in range(count)]
    with ThreadPoolExecutor(callers) as pool:
        seconds, _ = _timed(lambda: list(pool.map(call.upsert, calls)))
    return size * count / seconds


def _rate(name: str, rate: float, limit: float | None = None) -> Figure:
    if limit is None:
        return Figure(name, f"{rate:,.0f}")
    return Figure(name, f"{rate:,.0f}", f"limit {limit:,.0f}", rate >= limit)


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


def items_of(ground: Ground, count: int) -> Iterator[Item]:
    """People who have not arrived yet, as records of a source."""
    path = arrivals(ground, count)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path.unlink()
    return (_item(f"{path.stem}-{line}", row) for line, row in enumerate(rows))


def _item(key: str, row: dict[str, str]) -> Item:
    item: Item = {"key": key} | {field: row[field] for field in _PLAIN if row[field]}
    address = {part: row[column] for column, part in _ADDRESS.items() if row[column]}
    return item | ({"address": address} if address else {})


def token_of(ground: Ground, *may: str) -> str:
    """The secret of a new token."""
    allowed = [word for each in may for word in ("--may", each)]
    made = run_command(ground, "token", "add", "bench", *allowed, "--json")
    return str(json.loads(made.output)["secret"])


@contextmanager
def _serving(ground: Ground) -> Iterator[Caller]:
    """The real server on the home, until the end of the block."""
    secret = token_of(ground, "deliveries.import", "customers.see")
    with serving(ground) as served:
        yield Caller(served.port, secret)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_home_options(parser)
    parser.set_defaults(records=20_000)
    parser.add_argument("--batches", type=int, default=8)
    parser.add_argument("--singles", type=int, default=800)
    parser.add_argument("--reads", type=int, default=600)
    parser.add_argument("--callers", type=int, default=8, help="at once, for single records")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
