"""Search: time in the database by kind of query, and how often one slip still finds the right customer.

"found" is how often the very customer is among the first ten; "right" is the same among those customers who share
their name with at most ten: where more have one name, no search by that name can show them all.

Runs on the database that is named, as it is, or on one of its own with --rows people; the limits are for 1,000,000.
Searches for other people come first and are not counted: a server that has just started reads from the disk.
python bench/search_speed.py [--home PATH | --database-url URL | --rows 100000] [--queries 1000] [--seed 7]
"""

import argparse
import json
import random
import string
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

from django.db import connection

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.people_database import add_database_options, people_database
from customerfile.access.sight import WHOLE

P99_LIMIT_MS, RIGHT_LIMIT, SHOWN = 10.0, 0.95, 10
_SHORTEST, _WARM_UP = 3, 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is in the file, as front-line staff would hear of them."""

    id: int
    number: str
    given: str
    family: str
    email: str
    phone: str
    postcode: str
    city: str
    namesakes: int


@dataclass(slots=True)
class Timing:
    """Milliseconds of each query: within the database, of that at work on a processor, and altogether."""

    database: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


def main() -> int:
    options = _options()
    with people_database(options):
        _warm_up(random.Random(options.seed + 1))
        dice = random.Random(options.seed)
        people = _people(options.queries, dice)
        print(f"{_count():,} customers; {len(people):,} queries of each kind; times in ms")
        ok = _report(people, dice)
    return 0 if ok else 1


def _warm_up(dice: random.Random) -> None:
    people = _people(_WARM_UP, dice)
    for make in KINDS.values():
        for _, query in _queries(people, make, dice):
            _measured(query, Timing())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_database_options(parser)
    parser.add_argument("--queries", type=int, default=1000)
    return parser.parse_args()


def _count() -> int:
    from customerfile.customers.queries import customer_list  # noqa: PLC0415 - needs Django set up

    return customer_list(sight=WHOLE, limit=1).total_estimate


def _people(count: int, dice: random.Random) -> list[Person]:
    found: dict[int, Person] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM customer")
        highest = cursor.fetchone()[0]
        for _ in range(20):
            ids = [dice.randint(1, max(1, highest)) for _ in range(count)]
            cursor.execute(
                "SELECT id, number, golden, (SELECT count(*) FROM customer AS other"
                " WHERE other.sort_name = customer.sort_name AND other.state = 'active')"
                " FROM customer WHERE id = ANY(%s) AND state = 'active' AND kind = 'person' ORDER BY id",
                (ids,),
            )
            for id_, number, golden, namesakes in cursor.fetchall():
                person = _person(id_, number, json.loads(golden), namesakes)
                if person is not None:
                    found[id_] = person
            if len(found) >= count:
                break
    people = list(found.values())
    dice.shuffle(people)
    return people[:count]


def _person(id_: int, number: str, golden: dict[str, Any], namesakes: int) -> Person | None:
    given, family = golden.get("given_name", "").split(), golden.get("family_name", "").split()
    if not given or not family or min(len(given[0]), len(max(reversed(family), key=len))) < _SHORTEST:
        return None
    address = (golden.get("address") or [{}])[0]
    return Person(
        id=id_,
        number=number,
        given=given[0],
        family=max(reversed(family), key=len),
        email=(golden.get("email") or [{"value": ""}])[0]["value"],
        phone=(golden.get("phone") or [{"value": ""}])[0]["value"],
        postcode=address.get("postcode", ""),
        city=address.get("city", ""),
        namesakes=namesakes,
    )


def with_slip(word: str, dice: random.Random) -> str:
    """The word with one letter left out, put in, changed or swapped with its neighbour."""
    letters = string.ascii_lowercase
    while True:
        at = dice.randrange(len(word))
        kind = dice.choice(("leave out", "put in", "change", "swap"))
        if kind == "leave out":
            made = word[:at] + word[at + 1 :]
        elif kind == "put in":
            made = word[:at] + dice.choice(letters) + word[at:]
        elif kind == "change":
            made = word[:at] + dice.choice(letters) + word[at + 1 :]
        else:
            made = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        if made.lower() != word.lower():
            return made


def _slipped(person: Person, dice: random.Random) -> str:
    if dice.random() < 0.5:
        return f"{with_slip(person.given, dice)} {person.family}"
    return f"{person.given} {with_slip(person.family, dice)}"


KINDS: dict[str, Callable[[Person, random.Random], str]] = {
    "two words, one slip": _slipped,
    "two words, a slip in each": lambda p, dice: f"{with_slip(p.family, dice)} {with_slip(p.given, dice)}",
    "two words": lambda p, dice: f"{p.given} {p.family}",
    "one word": lambda p, dice: dice.choice((p.given, p.family)),
    "typing the second word": lambda p, dice: f"{p.given} {p.family[: dice.randint(1, len(p.family))]}",
    "typing the first word": lambda p, dice: p.family[: dice.randint(1, len(p.family))],
    "name and town": lambda p, dice: f"{p.family} {p.city}",
    "name and postcode": lambda p, dice: f"{p.postcode} {p.family}",
    "three words, one slip": lambda p, dice: f"{_slipped(p, dice)} {p.city}",
    "phone ending, 4 digits": lambda p, dice: p.phone[-4:],
    "phone ending and name": lambda p, dice: f"{p.family} {p.phone[-4:]}" if p.phone else "",
    "phone": lambda p, dice: p.phone,
    "start of an e-mail": lambda p, dice: p.email[: dice.randint(4, max(4, len(p.email)))],
    "e-mail": lambda p, dice: p.email,
    "customer number": lambda p, dice: p.number.lstrip("0"),
}


def _report(people: list[Person], dice: random.Random) -> bool:
    ok = True
    print(f"{'kind':<28}{'p50':>8}{'p99':>8}{'max':>8}{'work p99':>10}{'all p99':>9}{'found':>8}{'right':>8}")
    for kind, make in KINDS.items():
        timing = Timing()
        outcomes = [
            (person.id in _measured(query, timing), person.namesakes <= SHOWN)
            for person, query in _queries(people, make, dice)
        ]
        if outcomes:
            ok &= _print_line(kind, timing, outcomes)
    return ok


def _queries(
    people: list[Person], make: Callable[[Person, random.Random], str], dice: random.Random
) -> Iterator[tuple[Person, str]]:
    for person in people:
        query = make(person, dice).strip()
        if query:
            yield person, query


def _measured(query: str, timing: Timing) -> set[int]:
    from customerfile.customers.search.search import find  # noqa: PLC0415 - needs Django set up

    spent = 0.0

    def watch(call: Any, *arguments: Any) -> Any:
        nonlocal spent
        started = perf_counter()
        try:
            return call(*arguments)
        finally:
            spent += perf_counter() - started

    worked = _server_work()
    started = perf_counter()
    commit = partial(watch, connection.commit)
    with connection.execute_wrapper(watch), patch.object(connection, "commit", commit):
        found = find(query, sight=WHOLE)
    timing.whole.append((perf_counter() - started) * 1000)
    timing.database.append(spent * 1000)
    timing.work.append(_server_work() - worked)
    return {each.customer.id for each in found}


@cache
def _schedule() -> Path:
    """Where Linux says how long the server process of our connection has been at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def _server_work() -> float:
    """Milliseconds so far; 0 where the server runs elsewhere. On a busy machine it tells waiting from work."""
    try:
        return int(_schedule().read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def _print_line(kind: str, timing: Timing, outcomes: list[tuple[bool, bool]]) -> bool:
    p50, p99, most = (share(timing.database, part) for part in (0.5, 0.99, 1.0))
    work, whole = share(timing.work, 0.99), share(timing.whole, 0.99)
    found = sum(was for was, _ in outcomes) / len(outcomes)
    few = [was for was, is_few in outcomes if is_few]
    right = sum(few) / len(few) if few else 1.0
    print(
        f"{kind:<28}{p50:>8.2f}{p99:>8.2f}{most:>8.2f}{work:>10.2f}{whole:>9.2f}{found:>8.1%}{right:>8.1%}",
        end="",
    )
    ok = p99 < P99_LIMIT_MS and (kind != "two words, one slip" or right >= RIGHT_LIMIT)
    print(
        "" if ok else f"   beyond the limit (p99 {P99_LIMIT_MS:.0f} ms, right {RIGHT_LIMIT:.0%})", flush=True
    )
    return ok


def share(times: list[float], part: float) -> float:
    """The time that this part of all stays below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


if __name__ == "__main__":
    sys.exit(main())
