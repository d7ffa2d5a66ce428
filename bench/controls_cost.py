"""What permissions and the audit ledger cost: calls of the interface with all of these controls, and with none.

With them a call is answered as always. Without them, in this process alone: nobody asks whose token it is and what it
may do, and neither reads nor writes are written down. Both take turns on the same file, one caller, no network:
python bench/controls_cost.py [--records 20000] [--home DIR] [--calls 400]
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import batched, cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.api_speed import items_of, token_of
from bench.kit.home import Ground
from bench.kit.people_home import add_home_options, people_home

MAY = ("deliveries.import", "customers.see")
_WARM_UP, _TURN = 20, 10

type Send = Callable[[str, str, object], Any]
type Calls = dict[str, Iterator[tuple[str, str, object]]]


def main() -> int:
    options = _options()
    with people_home(options) as ground:
        secret = token_of(ground, *MAY)
        items = items_of(ground, 2 * (options.calls + _WARM_UP) + 100)
        os.environ |= {"CUSTOMERFILE_HOME": str(ground.home.path), "CUSTOMERFILE_PAGES": "1"}
        from customerfile.cli.startup import ready_database  # noqa: PLC0415 - reads the environment

        with ready_database():
            send = _sender(secret)
            _print(_measured(send, _calls(ground, send, items), options.calls), options)
    return 0


def _sender(secret: str) -> Send:
    from django.test import Client  # noqa: PLC0415 - needs Django set up

    client, headers = Client(), {"Authorization": f"Bearer {secret}", "Host": "localhost"}

    def send(method: str, path: str, body: object) -> Any:
        answer = client.generic(
            method,
            f"/api/v1{path}",
            data=b"" if body is None else json.dumps(body),
            content_type="application/json",
            headers=headers,
        )
        if answer.status_code != 200:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.content!r}")
        return answer.json()

    return send


def _calls(ground: Ground, send: Send, items: Iterator[dict[str, Any]]) -> Calls:
    """What is called, by its name; a stock of each that does not end before the measurement does."""
    told = send("POST", "/records", {"source": "api", "records": list(islice(items, 100))})
    numbers = [each["customer"] for each in told["results"]]
    with next(ground.folder.glob("waiting.csv")).open(encoding="utf-8", newline="") as file:
        people = list(islice(csv.DictReader(file), 200))
    words = [f"{row['given_name']} {row['family_name']}".strip() for row in people]
    return {
        "list of 50": cycle([("GET", "/customers", None)]),
        "whole file": cycle([("GET", f"/customers/{number}", None) for number in numbers]),
        "search": cycle([("POST", "/customers/search", {"q": each}) for each in words if each]),
        "single upsert": (("POST", "/records", {"source": "api", "records": [item]}) for item in items),
    }


def _measured(send: Send, calls: Calls, count: int) -> dict[str, dict[bool, list[float]]]:
    """Milliseconds of each call, by its name and whether the controls were on. Both take turns."""
    found: dict[str, dict[bool, list[float]]] = {}
    for name, stock in calls.items():
        times: dict[bool, list[float]] = {True: [], False: []}
        for call in islice(stock, _WARM_UP):
            send(*call)
        for on, some in zip(cycle((True, False)), batched(islice(stock, 2 * count), _TURN), strict=False):
            with _as_always() if on else _without_controls():
                for call in some:
                    started = perf_counter()
                    send(*call)
                    times[on].append((perf_counter() - started) * 1000)
        found[name] = times
    return found


@contextmanager
def _as_always() -> Iterator[None]:
    yield


@contextmanager
def _without_controls() -> Iterator[None]:
    """Every call is let in as the owner's, and nothing is written down."""
    from customerfile.access.permissions import Permission  # noqa: PLC0415 - needs Django set up
    from customerfile.access.sight import WHOLE  # noqa: PLC0415
    from customerfile.access.tokens import Bearer  # noqa: PLC0415

    owner = Bearer(0, "bench", frozenset(Permission), WHOLE)
    with ExitStack() as stack:
        for name, instead in (
            ("api.bearer.BearerToken.authenticate", lambda *_: owner),
            ("api.bearer.record_reads", _nothing),
            ("sources.received.record_all", _nothing),
            ("sources.operations.record", _nothing),
        ):
            stack.enter_context(patch(f"customerfile.{name}", instead))
        yield


def _nothing(*_: object, **__: object) -> None:
    """Nothing is written down."""


def _print(found: dict[str, dict[bool, list[float]]], options: argparse.Namespace) -> None:
    print(f"\nPermissions and audit, {options.records:,} records there, milliseconds within the server")
    print(f"  {'':<16}{'p50 on':>9}{'off':>8}{'p95 on':>10}{'off':>8}{'cost of p95':>14}")
    for name, times in found.items():
        on, off = ([_share(sorted(times[each]), share) for share in (0.5, 0.95)] for each in (True, False))
        cost = f"{on[1] - off[1]:+.1f} ms"
        print(f"  {name:<16}{on[0]:>9.1f}{off[0]:>8.1f}{on[1]:>10.1f}{off[1]:>8.1f}{cost:>14}", flush=True)


def _share(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_home_options(parser)
    parser.set_defaults(records=20_000)
    parser.add_argument("--calls", type=int, default=400, help="of each kind, with the controls and without")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
