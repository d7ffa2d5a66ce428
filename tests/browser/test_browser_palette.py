"""The command palette: any page, any customer, and what the page offers, by a few keys."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _open(page, words: str = "") -> None:
    page.keyboard.press("Control+k")
    expect(page.locator(".palette").get_by_role("link", name="Import a file")).to_be_visible()
    page.keyboard.type(words)


def test_goes_to_a_page_by_a_few_letters_of_it(site):
    page = site.open()
    page.goto("/")
    _open(page, "sour prio")
    expect(page.locator(".palette [data-command]:visible")).to_have_text(["Sources and their priority"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources")


def test_goes_to_a_customer(site):
    page = site.open()
    page.goto("/deliveries")
    _open(page, "okonkwo")
    expect(page.locator(".palette").get_by_role("link", name="Maria Okonkwo")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Maria Okonkwo")).to_be_visible()


def test_does_what_the_page_offers(site):
    page = site.open()
    page.goto("/deliveries")
    _open(page, "import a")
    here = page.locator("#palette-here").get_by_role("button", name="Import a file")
    expect(here).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(here).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/import")


def test_escape_leaves_and_gives_the_focus_back(site):
    page = site.open()
    page.goto("/review")
    page.get_by_role("link", name="Data quality").or_(page.get_by_role("link", name="Quality")).first.focus()
    _open(page, "rev")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.get_by_role("link", name="Quality", exact=True)).to_be_focused()
    page.keyboard.press("y")  # a key of the page works again, and did not while the palette was open
    assert page.url.endswith("/review")


def test_is_a_page_where_there_is_no_script(site):
    page = site.open(script=False)
    page.goto("/deliveries")
    page.get_by_role("link", name="Where to go").click()
    page.get_by_role("link", name="Review queue: one customer or two?").click()
    page.wait_for_url("**/review")
    page.go_back()
    expect(page.get_by_text("walk through what was found")).to_be_visible()
