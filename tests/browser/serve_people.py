"""Serves a small file of invented people from the home in CUSTOMERFILE_HOME; says in one JSON line when it is ready.

With `hostile_people` for a second argument it is theirs.

Run as its own process, so that the pages are tested as they are in use: our own web server and its own database.
"""

import importlib
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from customerfile.cli.startup import ready_database

LINKS = 100
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
TESSA = {"email": "tessa@example.org", "phone": "+442079460077", "born": "1990-07-03"}
MARIA = {"email": "maria@example.org", "phone": "+442079460018", "born": "1978-12-11"}


def main(port: int, fill: Callable[[], None]) -> None:
    """Fill the file, print sign-in links, serve until stopped."""
    with ready_database():
        from customerfile.access.operations import ensure_owner, issue_sign_in_link
        from customerfile.base.clock import now
        from customerfile.cli.web_server import serve_pages
        from customerfile.embedded import home

        fill()
        owner = ensure_owner(username="olive", by="tests", at=now())
        links = [issue_sign_in_link(username=owner.username, by="tests", at=now()) for _ in range(LINKS)]
        print(json.dumps([f"http://127.0.0.1:{port}/sign-in/{link}" for link in links]), flush=True)
        serve_pages(home(), "127.0.0.1", port)


def fill() -> None:
    """Maria from two systems with a long timeline, enough others for a second page, and a pair to be judged.

    Nora is two customers and Tessa one, until the tests say otherwise and take it back.
    """
    from customerfile.base.clock import now
    from customerfile.quality.measuring import measure_quality
    from customerfile.sources.staging import RejectedRow
    from tests.factories.customer_files import buy, deliver, note, person

    refused = RejectedRow(
        7, "row", "The row has 11 cells, the header has 12.", "Quote the cell.", text="7,Ann"
    )
    deliver("shop", [person("1", "Maria", "Okonkwo", **MARIA)], at=MARCH, rejected=[refused])
    deliver(
        "crm",
        [person("A-7", "Maria", "Okonkwo", occupation="Architect", **MARIA)],
        at=MARCH + timedelta(days=40),
    )
    deliver("web", [person(str(n), "Ann", f"Family{n:02}") for n in range(60)])
    petra = {"phone": "+493023125777"}
    deliver("desk", [person("1", "Petra", "Lehmann", **petra), person("2", "Petra", "Witt", **petra)])
    deliver("desk", [person("3", "Nora", "Quill", born="1982-02-03"), person("4", "Nora", "Kestrel")])
    deliver("till", [person("2", "Tessa", "Vane", occupation="Pilot", **TESSA)])
    deliver("post", [person("B-1", "Tessa", "Vane", occupation="Nurse", **TESSA)])
    for number in range(22):
        buy("shop", "1", number=number, at=MARCH + timedelta(days=number))
    note("crm", "A-7", number=1, at=MARCH + timedelta(days=50), text="Asked for a call back")
    measure_quality(by="tests", at=now())


if __name__ == "__main__":
    filling = importlib.import_module(f"tests.browser.{sys.argv[2]}").fill if sys.argv[2:] else fill
    main(int(sys.argv[1]), filling)
