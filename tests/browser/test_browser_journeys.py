"""What people do on the pages, in a real browser: with the keyboard alone, without script, on a narrow screen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_link_search_and_customer_by_keyboard_alone(site):
    page = site.open(signed_in=False)
    page.goto(site.links.pop())
    page.locator("button:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/password")
    page.get_by_role("link", name="Not now").focus()
    page.keyboard.press("Enter")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("okonkvo mari")
    page.get_by_role("link", name="Maria Okonkwo").wait_for()
    page.keyboard.press("ArrowDown")
    assert "Maria Okonkwo" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Maria Okonkwo").wait_for()
    page.go_back()
    page.get_by_role("link", name="Maria Okonkwo").wait_for()


def test_slash_goes_to_the_search_box_from_anywhere(site):
    page = site.open()
    page.goto("/customers")
    page.keyboard.press("/")
    page.locator("#top-q:focus").wait_for()
    page.keyboard.type("0018")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Maria Okonkwo").wait_for()
    assert page.url == f"{site.address}/"


def test_list_is_paged_to_the_end_and_back(site):
    page = site.open()
    page.goto("/customers")
    expect(page.get_by_text("Ann Family00", exact=True)).to_be_visible()
    page.get_by_role("link", name="Next").click()
    page.get_by_text("Ann Family59", exact=True).wait_for()
    page.get_by_role("link", name="First").click()
    page.get_by_text("Ann Family00", exact=True).wait_for()
    page.get_by_role("link", name="Last", exact=True).click()
    page.get_by_role("link", name="Maria Okonkwo").wait_for()


def test_customer_page_unfolds_in_place(site):
    page = site.open()
    _open_maria(page)
    address = page.url
    page.locator(".event").last.scroll_into_view_if_needed()  # older ones come when they are reached
    page.get_by_text("Purchase Teapot 0", exact=True).wait_for()
    page.get_by_role("link", name="Show the comparisons").click()
    page.get_by_text("same birth date").wait_for()
    page.get_by_text("As delivered").first.click()
    expect(page.get_by_text("Key", exact=True).first).to_be_visible()
    assert page.url == address


def test_delivery_report_is_reached_and_read(site):
    page = site.open()
    page.goto("/")
    page.get_by_role("link", name="Deliveries").click()
    page.get_by_role("link", name="shop.csv").click()
    page.get_by_text("The row has 11 cells, the header has 12.").wait_for()
    page.get_by_text("Mapping: which column became which field").click()
    expect(page.get_by_text("given_name")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="All as CSV").click()
    assert "The row has 11 cells" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_a_pair_is_judged_by_one_key_and_taken_back_by_another(site):
    page = site.open()
    page.goto("/review")
    page.keyboard.press("r")
    page.get_by_role("heading", name="One customer or two?").wait_for()
    assert page.locator("tr.agreement-differs").count() == 1
    page.keyboard.press("n")
    page.get_by_text("Nothing waits for your word any more.").wait_for()
    page.keyboard.press("z")
    page.get_by_text("Taken back.").wait_for()
    page.goto("/review")
    assert page.locator(".review-list a").count() == 1


def test_everything_works_without_script(site):
    page = site.open(signed_in=False, script=False)
    page.goto(site.links.pop())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Not now").click()
    page.get_by_label("Name, phone, e-mail, town or number").fill("okonkwo")
    page.get_by_role("button", name="Search").click()
    assert page.url == f"{site.address}/"
    page.get_by_role("link", name="Maria Okonkwo").click()
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_text("Purchase Teapot 0", exact=True)).to_be_visible()
    page.get_by_role("link", name="Show the comparisons").click()
    expect(page.get_by_text("same birth date")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def _open_maria(page) -> None:
    page.goto("/customers?last")
    page.get_by_role("link", name="Maria Okonkwo").click()
    page.get_by_role("heading", name="Maria Okonkwo").wait_for()
