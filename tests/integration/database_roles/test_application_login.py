"""A real home, by command, page and call: all of it as the application, what works beside the pages as the worker."""

import json
import re
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener, urlopen

import psycopg

from customerfile.embedded import ROLES, SUPERUSER, Home, connection_to, status, throw_away_home
from tests.integration.command import run
from tests.integration.database_roles.conftest import PEOPLE, SALES
from tests.integration.serving import serving


def signed_in(link: str) -> tuple[OpenerDirector, str]:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.open(link).read().decode())
    assert token
    answer = browser.open(link, urlencode({"csrfmiddlewaretoken": token[1]}).encode())
    return browser, f"http://{urlsplit(answer.url).netloc}"


def logins(place: Home) -> set[str]:
    superuser = connection_to(place, status(place).socket, login=SUPERUSER)
    with psycopg.connect(superuser.conninfo) as session:
        query = (
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return {name for (name,) in session.execute(query).fetchall()}


def test_import_pages_and_calls_work_as_the_application_and_nobody_is_more_than_that(tmp_path: Path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "sales.csv").write_text(SALES)
    with throw_away_home() as place:
        for name in ("people", "sales"):
            assert run(place, "import", str(tmp_path / f"{name}.csv"), "--source", "shop").returncode == 0
        may = [word for each in ("deliveries.import", "customers.see") for word in ("--may", each)]
        token = json.loads(run(place, "token", "add", "shop", *may, "--json").stdout)["secret"]
        with serving(place) as (_, link):
            browser, address = signed_in(link)
            body = json.dumps(
                {"source": "web", "records": [{"key": "9", "given_name": "Nora", "family_name": "Winter"}]}
            )
            call = Request(
                f"{address}/api/v1/records",
                body.encode(),
                {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            )
            assert json.loads(urlopen(call).read())["created"] == 1
            time.sleep(1.5)
            seen = logins(place)
            assert browser.open(f"{address}/security").status == 200
        verified = run(place, "audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr

    assert seen == {ROLES.application, ROLES.worker}
