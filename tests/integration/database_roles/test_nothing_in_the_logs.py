"""Values that a real server refuses stand in none of its logs: not PostgreSQL's, not those of the pages."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest

from customerfile.embedded import SUPERUSER, Connection, Home, connection_to, running_server, throw_away_home
from tests.integration.command import run
from tests.integration.database_roles.conftest import As
from tests.integration.serving import serving

CANARY = "jane.canary@example.org"
REFUSED = {
    "a row that is there already": (
        "INSERT INTO name_token (token) VALUES (%(canary)s); INSERT INTO name_token (token) VALUES (%(canary)s)"
    ),
    "a row with a hole": "INSERT INTO reject (text, reason) VALUES (%(canary)s, %(canary)s)",
    "a text where a number belongs": "SELECT %(canary)s::text::bigint",
    "a text where a date belongs": "SELECT %(canary)s::text::date",
    "a document that is none": "SELECT %(canary)s::text::jsonb",
    "a table that is not": 'SELECT * FROM "jane.canary@example.org"',
    "a statement that is none": "SELEKT %(canary)s",
    "a message of our own": "DO $$ BEGIN RAISE WARNING 'jane.canary@example.org'; END $$",
    "a change of a ledger": "UPDATE audit_entry SET subject = %(canary)s",
}


def server_log(place: Home) -> str:
    return "".join(path.read_text() for path in place.logs.iterdir())


@pytest.mark.parametrize("role", ["application", "worker", "auditor", "migrator"])
@pytest.mark.parametrize("refused", sorted(REFUSED))
def test_what_the_database_refuses_is_not_in_its_log(
    served: tuple[Home, Connection], logged_in: As, role: str, refused: str
):
    with logged_in(role) as session, suppress(psycopg.Error), session.transaction(force_rollback=True):
        psycopg.ClientCursor(session).execute(REFUSED[refused].encode(), {"canary": CANARY})

    assert CANARY not in server_log(served[0])


@pytest.fixture
def refusing() -> Iterator[tuple[Home, str]]:
    """A home whose records may not have a certain key, and a token for it."""
    with throw_away_home() as place:
        answer = run(
            place, "token", "add", "shop", "--may", "deliveries.import", "--may", "customers.see", "--json"
        )
        with (
            running_server(place) as connection,
            psycopg.connect(connection_to(place, connection.host, login=SUPERUSER).conninfo) as session,
        ):
            session.execute(f"ALTER TABLE record ADD CONSTRAINT planted CHECK (key <> '{CANARY}')".encode())
        yield place, json.loads(answer.stdout)["secret"]


def ask(address: str, token: str, body: object = None) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urlopen(Request(address, json.dumps(body).encode() if body else None, headers)) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_a_request_that_fails_leaves_no_value_in_any_log(refusing: tuple[Home, str]):
    place, token = refusing
    one = {"key": CANARY, "given_name": "Jane", "family_name": "Canary", "email": [CANARY]}
    with serving(place) as (server, link):
        address = link.partition("/sign-in/")[0]
        assert ask(f"{address}/api/v1/records", token, {"source": "shop", "records": [one]}) == 500
        assert ask(f"{address}/nobody/{CANARY}?q={CANARY}", token) in (403, 404)
        time.sleep(0.2)
        os.set_blocking(server.stderr.fileno(), False)
        told = server.stderr.read() or ""
        logged = server_log(place)

    assert "A call of the interface failed" in told
    assert CANARY not in told
    assert "Canary" not in told
    assert CANARY not in logged
    assert CANARY not in "".join(path.read_text() for path in Path(place.run).glob("*.log"))
