"""Two people enter the same customer at the same moment, and one sends a form twice: one customer comes of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest

from customerfile.embedded import Home, connection_to, status
from tests.integration.serving import serving
from tests.integration.visitor import Visitor

pytestmark = pytest.mark.slow
NEW = "/customers/new"
RACES = 12


def test_one_customer_comes_of_two_forms_at_once_and_of_one_form_twice(place: Home):
    with serving(place) as (_, link):
        visitor = Visitor(link)
        for race in range(RACES):
            typed = _typed("Nils", "Aaberg", 1950 + race)
            told = _at_once(visitor, [visitor.form(NEW) | typed, visitor.form(NEW) | typed])
            assert sorted(status for status, _, _ in told) == [200, 409]
            assert "Say whether it is one of these" in max(told)[2]
            same = visitor.form(NEW) | _typed("Olga", "Zubiri", 1980 + race)
            told = _at_once(visitor, [same, same])
            assert {status for status, _, _ in told} == {200}
            assert len({address for _, address, _ in told}) == 1
        with psycopg.connect(connection_to(place, status(place).socket).conninfo) as session:
            counts = session.execute(
                "SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM customer),"
                " (SELECT sum(rows) FROM delivery)"
            ).fetchone()
    assert counts == (2 * RACES, 2 * RACES, 2 * RACES)


def _typed(given: str, family: str, year: int) -> dict[str, str]:
    return {
        "given_name.1": given, "family_name.1": family, "email.1": f"{given}{year}@example.org",
        "birth_date.1": f"{year}-03-{year % 28 + 1:02}", "do": "save",
    }  # fmt: skip


def _at_once(visitor: Visitor, forms: list[dict[str, str]]) -> list[tuple[int, str, str]]:
    meet = Barrier(len(forms))

    def send(form: dict[str, str]) -> tuple[int, str, str]:
        meet.wait(60)
        return visitor.send(NEW, form)

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))
