"""The customer list as people ask for it, and type-ahead: time of all the statements that one page costs.

Pages from the beginning, the middle and the end; filters that find few and many; an order of its own; the customers
whom a change of many is foreseen for; and what is typed letter by letter into the box at the top. A page that the list
itself stops, because its filters take too long, counts with the time until then.
python bench/list_speed.py [--records 1000000] [--home PATH] [--seed 7] [--pages 300]
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.people_database import connected
from bench.kit.people_home import add_home_options, people_home
from bench.kit.report import Figure, print_figures
from customerfile.access.sight import WHOLE

LIST_P50_MS, LIST_P99_MS, TYPED_P99_MS = 50.0, 200.0, 100.0
_WARM_UP = 10

type Page = Callable[[], object]


class _Person(NamedTuple):
    id: int
    given: str
    family: str
    email: str
    born: str


def main() -> int:
    options = _options()
    with people_home(options) as ground, connected(ground.connection.conninfo):
        people = _people(options.pages, random.Random(options.seed))
        figures = [figure for name, pages in _kinds(people) for figure in _measured(name, pages)]
    title = f"{options.records:,} records; {len(people):,} pages of each kind"
    return 0 if print_figures(title, figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_home_options(parser)
    parser.add_argument("--pages", type=int, default=300)
    return parser.parse_args()


def _people(count: int, dice: random.Random) -> list[_Person]:
    from customerfile.customers.models import Customer  # noqa: PLC0415 - needs Django set up

    highest = Customer.objects.order_by("-id").values_list("id", flat=True).first() or 1
    ids = {dice.randint(1, highest) for _ in range(3 * count)}
    found = Customer.objects.filter(pk__in=ids, state="active", kind="person").values_list("id", "golden")
    people = [_person(id_, golden) for id_, golden in found]
    dice.shuffle(people)
    return people[:count]


def _person(id_: int, golden: dict[str, object]) -> _Person:
    mails = golden.get("email")
    email = mails[0]["value"] if isinstance(mails, list) else "nobody@example.org"
    given, family, born = (str(golden.get(key, "")) for key in ("given_name", "family_name", "birth_date"))
    return _Person(id_, given or "Ann", family or "Smith", email, born or "1970-01-01")


def _kinds(people: Sequence[_Person]) -> Iterator[tuple[str, list[Page]]]:
    from customerfile.customers.listing.offered import Operator as Is  # noqa: PLC0415 - needs Django set up
    from customerfile.customers.listing.pages import Place  # noqa: PLC0415 - as well

    yield "list, first page", [_list() for _ in people]
    yield "list, any page", [_list(place=Place(after=str(each.id))) for each in people]
    yield "list, last page", [_list(place=Place(last=True)) for _ in people]
    yield "list, e-mail is", [_list(("email", Is.IS, each.email)) for each in people]
    yield "list, given name is", [_list(("given_name", Is.IS, each.given)) for each in people]
    yield (
        "list, family name contains",
        [_list(("family_name", Is.CONTAINS, each.family[:4])) for each in people],
    )
    yield "list, born before", [_list(("birth_date", Is.BEFORE, each.born)) for each in people]
    yield "list, whole name, by birth date", [_whole_name(each, "birth_date") for each in people]
    yield "customers to be changed", [_chosen(("given_name", Is.IS, each.given)) for each in people]
    yield "type-ahead", [_typed(each.family[:letters]) for each in people for letters in (3, 5, 8)]


def _list(*conditions: tuple[str, object, str], order: str = "", place: Any = None) -> Page:
    from customerfile.customers.errors import ListTooSlow  # noqa: PLC0415 - needs Django set up
    from customerfile.customers.listing.pages import Place, list_page  # noqa: PLC0415 - as well

    question, fields = _asked(conditions, order)

    def ask() -> None:
        try:
            list_page(question, fields, sight=WHOLE, place=place or Place(), limit=50)
        except ListTooSlow:
            return

    return ask


def _whole_name(person: _Person, order: str) -> Page:
    from customerfile.customers.listing.offered import Operator as Is  # noqa: PLC0415 - needs Django set up

    name = (("given_name", Is.IS, person.given), ("family_name", Is.IS, person.family))
    return _list(*name, order=order)


def _chosen(condition: tuple[str, object, str]) -> Page:
    from customerfile.customers.errors import ListRefused  # noqa: PLC0415 - needs Django set up
    from customerfile.customers.listing.pages import chosen_customers  # noqa: PLC0415 - as well

    question, fields = _asked([condition], "")

    def ask() -> None:
        try:
            chosen_customers(question, fields, sight=WHOLE, field="occupation", most=10_000)
        except ListRefused:  # more have this name than may be changed at once: to say so takes as long
            return

    return ask


def _asked(conditions: Sequence[tuple[str, object, str]], order: str) -> tuple[Any, Any]:
    from customerfile.customers.listing.offered import offered  # noqa: PLC0415 - needs Django set up
    from customerfile.customers.listing.question import Condition, Question, checked  # noqa: PLC0415 - as well
    from customerfile.definition.queries import current_definition  # noqa: PLC0415 - as well

    fields = offered(current_definition(), WHOLE)
    wanted = tuple(Condition(field, operator, (value,)) for field, operator, value in conditions)
    return checked(Question(conditions=wanted, order=order), fields), fields


def _typed(text: str) -> Page:
    from customerfile.customers.search.search import find  # noqa: PLC0415 - needs Django set up

    return lambda: find(text, sight=WHOLE, limit=12)


def _measured(name: str, pages: Sequence[Page]) -> Iterator[Figure]:
    for page in pages[:_WARM_UP]:
        page()
    times = sorted(_milliseconds(page) for page in pages)
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]
    if name == "type-ahead":
        yield Figure(f"{name}, p99", f"{p99:.1f} ms", f"limit {TYPED_P99_MS:g} ms", p99 <= TYPED_P99_MS)
        return
    yield Figure(f"{name}, p50", f"{p50:.1f} ms", f"limit {LIST_P50_MS:g} ms", p50 <= LIST_P50_MS)
    yield Figure(f"{name}, p99", f"{p99:.1f} ms", f"limit {LIST_P99_MS:g} ms", p99 <= LIST_P99_MS)


def _milliseconds(page: Page) -> float:
    started = perf_counter()
    page()
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
