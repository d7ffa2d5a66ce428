"""A headless Chromium in front of a running server with a small file of invented people."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any
from urllib.request import urlopen

import pytest

from customerfile.embedded import throw_away_home

ROOT = Path(__file__).resolve().parents[2]
SHOTS = os.environ.get(
    "SCREENSHOTS", ""
)  # a folder: what the pages look like is kept there, for people to look at
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; tests are skipped where the machine has none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine; set CHROMIUM to its path")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sign_in_links(chromium) -> Iterator[list[str]]:
    """A running server with people in its file for each file of tests, as links that sign in once each."""
    with serving() as links:
        yield links


@contextmanager
def serving(*people: str) -> Iterator[list[str]]:
    """A running server of its own, as links that sign in once each."""
    port = _free_port()
    with throw_away_home() as place:
        environment = os.environ | {"CUSTOMERFILE_HOME": str(place.path), "PYTHONPATH": str(ROOT)}
        for name in ("DATABASE_URL", "CUSTOMERFILE_CONNECTION", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        command = [sys.executable, str(Path(__file__).with_name("serve_people.py")), str(port), *people]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            links = json.loads(server.stdout.readline())
            _wait_for(f"http://127.0.0.1:{port}/sign-in")
            yield links
        finally:
            server.terminate()
            server.wait(30)


class Site:
    """Opens pages in front of the server, and keeps what the browser complained of."""

    def __init__(self, browser: Any, links: list[str]) -> None:
        self._browser = browser
        self.links = links
        self.address = links[0].partition("/sign-in/")[0]
        self.contexts: list[Any] = []
        self.complaints: list[str] = []

    def open(
        self,
        *,
        signed_in: bool = True,
        script: bool = True,
        width: int = 1440,
        dark: bool = False,
        reads: str = "en-GB",
    ) -> Any:
        """A page in a fresh browser profile."""
        context = self._browser.new_context(
            base_url=self.address,
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=reads,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if signed_in:
            page.goto(self.links.pop())
            page.locator("main form button").click()
            page.wait_for_url("**/password", timeout=5000)
        return page

    def picture(self, page: Any, name: str) -> None:
        """Keep what a page looks like, where a folder for that is named."""
        if SHOTS and page.url != "about:blank":
            named = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            page.screenshot(path=Path(SHOTS) / f"{named}.png", full_page=True)


@pytest.fixture
def site(chromium, sign_in_links: list[str], request: pytest.FixtureRequest) -> Iterator[Site]:
    """The site. No page may offend the content security policy, fail to load a file or raise an error in script."""
    yield from visited(Site(chromium, sign_in_links), request.node.name)


@pytest.fixture
def hostile_site(chromium, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site of its own, whose every value is an attempt to run script."""
    with serving("hostile_people") as links:
        yield from visited(Site(chromium, links), request.node.name)


def visited(found: Site, test: str) -> Iterator[Site]:
    yield found
    for number, context in enumerate(found.contexts):
        for page in context.pages:
            found.picture(page, f"journey {test} {number or ''}")
        context.close()
    assert found.complaints == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(address).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing answers at {address}")
