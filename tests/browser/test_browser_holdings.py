"""What a customer holds, in the browser: without script, in two languages, on a phone and in the dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, serving, visited
from tests.browser.faults import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def links(chromium):
    with serving("holding_people") as links:
        yield links


@pytest.fixture
def bank(chromium, links, request: pytest.FixtureRequest):
    yield from visited(Site(chromium, links), request.node.name)


def _rosa(page):
    page.goto("/customers")
    page.get_by_role("link", name="Rosa Lindner").first.click()
    return page.locator("section.holdings")


def test_what_is_held_is_read_without_script(bank):
    page = bank.open(script=False)
    held = _rosa(page)

    expect(held.get_by_text("Loan", exact=True)).to_be_visible()
    expect(held.get_by_text("in arrears")).to_be_visible()
    expect(held.get_by_text("Exposure")).to_be_visible()
    held.get_by_role("link", name="Emil Lindner").click()
    expect(page.locator("section.holdings").get_by_role("link", name="Rosa Lindner")).to_be_visible()


@pytest.mark.parametrize("reads", ["en-GB", "fr-FR"])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wrong_with_what_is_held(bank, width, dark, reads):
    page = bank.open(width=width, dark=dark, reads=reads)
    held = _rosa(page)
    expect(held).to_be_visible()
    held.locator("details > summary").click()

    assert faults_of(page, width=width) == []
