"""What holds of every page that can be reached: it keeps nobody out and fits the screen."""

from collections.abc import Iterator
from itertools import chain

import pytest

from tests.browser.crawling import every_page, said
from tests.browser.faults import faults_of
from tests.browser.languages import left_in_english

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STARTS = ("/", "/deliveries/1", "/customers?pick=gender&if=email~filled&sort=-birth_date")
WRITTEN = frozenset(
    ("Shop", "Post", "The row has 11 cells, the header has 12.", "Quote the cell.")
)  # in English
REFUSED = ("/customers/0", "/nowhere", "/sign-in/x")


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1440), (True, 1440), (False, 390)], ids=["light", "dark", "narrow"]
)
def test_no_page_keeps_anybody_out_or_scrolls_sideways(site, dark: bool, width: int):
    """axe finds no fault in names, roles, contrast and structure; nothing is wider than the screen."""
    page = site.open(dark=dark, width=width)
    faults = {}
    for address in chain(_pages(page), _opened(page, *REFUSED)):
        what = f"refused {address}" if address in REFUSED else f"page {said(address)}"
        site.picture(page, f"{what} {width} {'dark' if dark else 'light'}")
        faults[address] = faults_of(page, width=width)
    assert {address: found for address, found in faults.items() if found} == {}
    site.complaints[:] = [each for each in site.complaints if "404" not in each]


@pytest.mark.parametrize("width", [1440, 390], ids=["french", "french narrow"])
def test_every_page_is_french_for_who_reads_french(site, width: int):
    """Nothing is left in English but what people wrote; longer words fit as well."""
    page = site.open(width=width, reads="fr-FR")
    faults = {}
    for address in chain(_pages(page), _opened(page, *REFUSED)):
        what = f"refused {address}" if address in REFUSED else f"page {said(address)}"
        site.picture(page, f"{what} {width} french")
        faults[address] = [*faults_of(page, width=width), *left_in_english(page, data=WRITTEN)]
    assert {address: found for address, found in faults.items() if found} == {}
    site.complaints[:] = [each for each in site.complaints if "404" not in each]


def _pages(page) -> Iterator[str]:
    page.goto("/customers?last")
    maria = page.get_by_role("link", name="Maria Okonkwo").get_attribute("href")
    yield from every_page(page, maria, *STARTS)


def _opened(page, *addresses: str) -> Iterator[str]:
    for address in addresses:
        page.goto(address)
        yield address
