"""Values that try to run script or to change the page, in every field and through every page: nothing comes of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.crawling import every_page
from tests.browser.hostile_people import CORPUS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRACES = "() => [window.ran, document.querySelector('x-ran, [data-ran], base, meta[http-equiv], iframe')].some(Boolean)"


def test_nothing_runs_whatever_a_value_says(hostile_site):
    page = hostile_site.open()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    page.goto("/customers")
    customers = page.locator("main table a[href^='/customers/']").evaluate_all(
        "all => all.map(a => a.pathname)"
    )
    assert len(set(customers)) >= len(CORPUS) // 2  # those who are alike to the resolver are one
    ran = [address for address in every_page(page, *customers, "/deliveries/1") if _left_a_trace(page)]
    for address in customers:
        page.goto(address)
        if _left_a_trace(page):
            ran.append(address)
    page.goto("/")
    for text in CORPUS:
        page.get_by_label("Name, phone, e-mail, town or number").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator("#results")).to_be_visible()
        page.wait_for_load_state("networkidle")
        if _left_a_trace(page):
            ran.append(f"/ {text}")
    assert (ran, dialogs) == ([], [])


def _left_a_trace(page) -> bool:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    return bool(page.evaluate(TRACES))
