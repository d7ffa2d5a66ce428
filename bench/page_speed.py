"""Pages: time in the server of the customer page and the list, first page and last, and how many statements each costs.

Runs on the database that is named, or on one of its own with --rows people; the limits are for 1,000,000:
python bench/page_speed.py [--home PATH | --database-url URL | --rows 100000] [--pages 500] [--seed 7]
"""

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.people_database import add_database_options, people_database
from bench.search_speed import share
from customerfile.access.sight import WHOLE

CUSTOMER_PAGE_LIMIT_MS = 50.0
LIST_PAGE_LIMIT_MS = 50.0
_WARM_UP = 20


def main() -> int:
    options = _options()
    with people_database(options):
        return _measure(options)


def _measure(options: argparse.Namespace) -> int:
    dice = random.Random(options.seed)
    numbers, anchors = _numbers(options.pages, dice), _anchors(options.pages, dice)
    print(f"{'page':<28}{'p50 ms':>9}{'p99 ms':>9}{'limit':>9}{'statements':>12}")
    pages: dict[str, tuple[list[str], Callable[[str], object], float]] = {
        "customer page": (numbers, _customer_page, CUSTOMER_PAGE_LIMIT_MS),
        "list, first page": ([""] * options.pages, lambda _: _list(), LIST_PAGE_LIMIT_MS),
        "list, any page": (anchors, lambda anchor: _list(after=anchor), LIST_PAGE_LIMIT_MS),
        "list, last page": ([""] * options.pages, lambda _: _list(last=True), LIST_PAGE_LIMIT_MS),
    }
    outcomes = [_report(name, *page) for name, page in pages.items()]
    return 0 if all(outcomes) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_database_options(parser)
    parser.add_argument("--pages", type=int, default=500)
    return parser.parse_args()


def _numbers(count: int, dice: random.Random) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM customer")
        highest = cursor.fetchone()[0]
        ids = [dice.randint(1, max(1, highest)) for _ in range(2 * count)]
        cursor.execute(
            "SELECT number FROM customer WHERE id = ANY(%s) AND state = 'active' ORDER BY number", (ids,)
        )
        found = [number for (number,) in cursor.fetchall()]
    dice.shuffle(found)
    return found[:count]


def _anchors(count: int, dice: random.Random) -> list[str]:
    """Cursors into the middle of the list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM customer")
        highest = cursor.fetchone()[0]
    return [str(dice.randint(1, max(1, highest))) for _ in range(count)]


def _customer_page(number: str) -> None:
    from customerfile.customers.queries import customer_file  # noqa: PLC0415 - needs Django set up
    from customerfile.timeline.queries import events_of, totals_of  # noqa: PLC0415

    records = [record.record_id for record in customer_file(number, sight=WHOLE).records]
    events_of(records, sight=WHOLE)
    totals_of(records, sight=WHOLE)


def _list(**where: Any) -> None:
    from customerfile.customers.queries import customer_list  # noqa: PLC0415 - needs Django set up

    customer_list(sight=WHOLE, **where)


def _report(name: str, arguments: list[str], read: Callable[[str], object], limit: float) -> bool:
    for argument in arguments[:_WARM_UP]:
        read(argument)
    times: list[float] = []
    statements: set[int] = set()
    for argument in arguments:
        started = perf_counter()
        statements.add(_counted(read, argument))
        times.append((perf_counter() - started) * 1000)
    p50, p99 = share(times, 0.5), share(times, 0.99)
    ok = p99 < limit and len(statements) == 1
    counts = ", ".join(map(str, sorted(statements)))
    print(f"{name:<28}{p50:>9.2f}{p99:>9.2f}{limit:>9.0f}{counts:>12}{'' if ok else '   beyond the limit'}")
    return ok


def _counted(read: Callable[[str], object], argument: str) -> int:
    count = 0

    def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        read(argument)
    return count


if __name__ == "__main__":
    sys.exit(main())
