"""A revoked token, another role, a disabled person: whatever is asked from then on is refused, by every way in."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import httpx
import pytest

from customerfile.embedded import Home, home
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
EACH = 3  # clients of a kind, all asking all the time


@dataclass
class Asked:
    """What clients of one kind were answered: when each request began, and its status."""

    answers: list[tuple[float, int]] = field(default_factory=list)

    def since(self, moment: float) -> set[int]:
        """The answers to whatever was asked from then on."""
        return {status for began, status in self.answers if began >= moment}

    def until(self, moment: float) -> set[int]:
        """The answers to whatever was asked until then."""
        return {status for began, status in self.answers if began < moment}


def _token(place: Home, user: str) -> tuple[int, str]:
    told = run(place, "token", "add", "till", "--may", "customers.see", "--user", user, "--json").stdout
    return json.loads(told)["id"], json.loads(told)["secret"]


def _browser(address: str, link: str) -> httpx.Client:
    """Signed in by a one-time link."""
    browser = httpx.Client(base_url=address, timeout=30)
    page = browser.get(urlsplit(link).path)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    assert browser.post(urlsplit(link).path, data={"csrfmiddlewaretoken": token[1]}).status_code == 302
    return browser


def _program(address: str, secret: str) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=30, headers={"Authorization": f"Bearer {secret}"})


@contextmanager
def _asking(clients: list[httpx.Client], path: str) -> Iterator[Asked]:
    """All the clients ask one after the other question until the block ends, and once more."""
    asked, over = Asked(), Event()

    def ask(client: httpx.Client) -> None:
        while True:
            last, began = over.is_set(), monotonic()
            asked.answers.append((began, client.get(path).status_code))
            if last:
                return

    with ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(ask, client) for client in clients]
        try:
            yield asked
        finally:
            over.set()
            for each in running:
                each.result()


def _changed(work: Callable[[], object], pages: Asked, programs: Asked) -> float:
    """Make a change while everybody asks; when it was made."""
    while min(len(pages.answers), len(programs.answers)) < 5 * EACH:
        pass
    work()
    return monotonic()


def test_what_has_ended_is_refused_from_that_moment_on(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")
    link = json.loads(run(place, "user", "add", "nora", "--role", "steward", "--json").stdout)["link"]
    with serving(place, unheard=True) as (_, own_link):
        address = f"http://{urlsplit(own_link).netloc}"
        browser = _browser(address, link)
        browsers = [httpx.Client(base_url=address, timeout=30, cookies=browser.cookies) for _ in range(EACH)]
        for change, page, program in (
            (["token", "revoke"], 200, 401),
            (["user", "role", "nora", "administrator"], 403, 403),
            (["user", "role", "nora", "read-only"], 200, 200),
            (["user", "disable", "nora"], 302, 401),
        ):
            number, secret = _token(place, "nora")
            programs = [_program(address, secret) for _ in range(EACH)]
            with _asking(browsers, "/customers") as pages, _asking(programs, "/api/v1/customers") as calls:
                arguments = [*change, str(number)] if change[0] == "token" else change
                moment = _changed(lambda asked=arguments: run(place, *asked), pages, calls)
            assert (pages.since(moment), calls.since(moment)) == ({page}, {program}), change
            assert len(pages.until(moment)) >= 1
