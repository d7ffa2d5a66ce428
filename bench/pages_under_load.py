"""Pages while people work with them: so many at once, each with a pause between two pages, against the real server.

Each signs in, looks through the list, types a name letter by letter, opens customers. Times are what a browser on this
machine would wait for, with both cores shared between the server, the database and the people. Half an hour shows
whether memory stays flat. With --home the file is made once and kept:
python bench/pages_under_load.py [--records 1000000] [--home PATH] [--users 20] [--minutes 2] [--pause 1.0]
"""

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import Ground, run_command
from bench.kit.people_home import add_home_options, people_home
from bench.kit.report import Figure, print_figures
from bench.kit.serving import Served, serving
from bench.search_speed import share

P50_MS, P99_MS, TYPED_P95_MS, GROWTH = 50.0, 200.0, 100.0, 1.1
_LOOKS_EVERY = 2.0
_COME_WITHIN = 10.0  # seconds
_SETTLED = 0.25  # of the time: what is loaded once is loaded by then
_CUSTOMER = re.compile(r'href="(/customers/[0-9A-Z]{8,})"[^>]*>([^<]+)<')
_NEXT = re.compile(r'href="(/customers\?[^"]*after=[^"]*)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

type Times = dict[str, list[float]]


class Person:
    """Somebody at a browser of their own: signs in, then opens one page after the other."""

    def __init__(self, link: str, seed: int) -> None:
        self.times: Times = defaultdict(list)
        self.failures: list[str] = []
        self._dice = random.Random(seed)
        self._browser = httpx.Client(
            base_url=link.partition("/sign-in/")[0], timeout=60, follow_redirects=True
        )
        self._token = self._token_in(self._browser.get(link).text)
        self._browser.post(link, data={"csrfmiddlewaretoken": self._token})
        self._list, self._found = "/customers", list[tuple[str, str]]()

    def work(self, over: Event, pause: float) -> None:
        """Until it is over. People do not all come in the same instant."""
        over.wait(self._dice.uniform(0, _COME_WITHIN))
        self._look_through()
        while not over.wait(self._dice.expovariate(1 / pause)):
            self._dice.choices((self._look_through, self._open, self._type), (1, 2, 2))[0]()
        self._browser.close()

    def _look_through(self) -> None:
        page = self._timed("list", "GET", self._list)
        self._token = self._token_in(page) or self._token
        self._found = _CUSTOMER.findall(page) or self._found
        later = _NEXT.search(page)
        self._list = later[1].replace("&amp;", "&") if later and self._dice.random() < 0.8 else "/customers"

    def _open(self) -> None:
        self._timed("customer", "GET", self._dice.choice(self._found)[0])

    def _type(self) -> None:
        name = self._dice.choice(self._found)[1]
        typed = name[: self._dice.randint(2, max(2, len(name)))]
        self._timed("type-ahead", "POST", "/", data={"q": typed, "csrfmiddlewaretoken": self._token})

    def _timed(self, kind: str, method: str, address: str, data: Mapping[str, str] | None = None) -> str:
        headers = {"HX-Request": "true", "HX-Target": "results"} if data else {}
        began = perf_counter()
        answer = self._browser.request(method, address, data=data, headers=headers)
        self.times[kind].append(1000 * (perf_counter() - began))
        if answer.status_code != httpx.codes.OK:
            self.failures.append(f"{answer.status_code} {method} {address}")
        return answer.text

    @staticmethod
    def _token_in(page: str) -> str:
        found = _TOKEN.search(page)
        return found[1] if found else ""


def main() -> int:
    """Measure; 0 where every limit was kept."""
    options = _options()
    with people_home(options) as ground, serving(ground) as served:
        people = [Person(link, seed) for seed, link in enumerate(_links(ground, served, options.users))]
        held = _work(people, served, options)
    title = f"{options.users} people for {options.minutes:g} minutes; {options.records:,} records"
    return 0 if print_figures(title, list(_figures(people, held))) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_home_options(parser)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two pages, on average")
    return parser.parse_args()


def _links(ground: Ground, served: Served, count: int) -> Iterator[str]:
    for _ in range(count):
        yield run_command(ground, "sign-in-link", "--port", str(served.port)).output.strip()


def _work(people: Sequence[Person], served: Served, options: argparse.Namespace) -> list[int]:
    """What the server held, looked at every two seconds."""
    over, held = Event(), list[int]()
    with ThreadPoolExecutor(len(people)) as pool:
        working = [pool.submit(person.work, over, options.pause) for person in people]
        until = monotonic() + 60 * options.minutes
        while monotonic() < until and not over.wait(_LOOKS_EVERY):
            held.append(served.resident_bytes)
        over.set()
        for each in working:
            each.result()
    return held


def _figures(people: Sequence[Person], held: Sequence[int]) -> Iterator[Figure]:
    times: Times = defaultdict(list)
    for person in people:
        for kind, own in person.times.items():
            times[kind] += own
    for kind in ("list", "customer"):
        p50, p99 = share(times[kind], 0.5), share(times[kind], 0.99)
        yield Figure(f"{kind}, p50 of {len(times[kind]):,}", f"{p50:.1f} ms", f"{P50_MS:g} ms", p50 <= P50_MS)
        yield Figure(f"{kind}, p99", f"{p99:.1f} ms", f"{P99_MS:g} ms", p99 <= P99_MS)
    typed = share(times["type-ahead"], 0.95)
    name = f"type-ahead, p95 of {len(times['type-ahead']):,}"
    yield Figure(name, f"{typed:.1f} ms", f"{TYPED_P95_MS:g} ms", typed <= TYPED_P95_MS)
    failures = [each for person in people for each in person.failures]
    yield Figure("pages that failed", f"{len(failures)} {failures[:1] or ''}", "0", not failures)
    settled = held[int(_SETTLED * len(held)) :]
    early, late = settled[: len(settled) // 3], settled[-(len(settled) // 3) :]
    growth = max(late) / max(early)
    yield Figure(
        f"memory at its most, late beside early ({max(held) / 2**20:.0f} MB)",
        f"{growth:.2f}",
        f"{GROWTH:g}",
        growth <= GROWTH,
    )


if __name__ == "__main__":
    sys.exit(main())
