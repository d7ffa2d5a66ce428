"""The first run, before an empty file: the demonstration comes by one click and leaves without trace."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, serving, visited
from tests.browser.crawling import every_page
from tests.browser.faults import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 90_000


@pytest.fixture
def empty_site(chromium, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site with an empty file."""
    with serving("nobody_yet") as links:
        yield from visited(Site(chromium, links), request.node.name)


def test_demonstration_comes_and_leaves(empty_site):
    page = empty_site.open()
    page.goto("/")
    page.get_by_role("link", name="Begin in three steps").click()
    empty_site.picture(page, "begin")
    page.get_by_role("button", name="Load the demonstration").click()
    expect(page.get_by_text("everybody in it is invented")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Look at the customers").click()
    expect(page.locator("main table tbody tr").first).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="Remove it").click()
    page.get_by_role("link", name="Remove the demonstration").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("button", name="Load the demonstration")).to_be_visible(timeout=PATIENCE)
    page.goto("/customers")
    expect(page.locator("main table tbody tr")).to_have_count(0)
    page.goto("/deliveries")
    expect(page.locator("main table tbody tr")).to_have_count(0)


@pytest.mark.parametrize(("dark", "width"), [(False, 1440), (True, 390)], ids=["light", "dark and narrow"])
def test_pages_of_an_empty_file_keep_nobody_out(empty_site, dark: bool, width: int):
    page = empty_site.open(dark=dark, width=width)
    faults = {}
    for address in every_page(page, "/", "/begin"):
        empty_site.picture(page, f"empty {address} {width}")
        faults[address] = faults_of(page, width=width)
    assert {address: found for address, found in faults.items() if found} == {}
