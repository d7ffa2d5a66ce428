"""The customer list and the box at the top, in a real browser, with the keyboard alone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _focused(page) -> str:
    return page.evaluate("document.activeElement.innerText").split("\n")[0]


def test_type_ahead_from_anywhere(site):
    page = site.open()
    page.goto("/deliveries")
    page.keyboard.press("/")
    page.keyboard.type("okonkwo")
    page.locator("#top-results").get_by_text("Maria Okonkwo").wait_for()
    assert "family name" in page.locator("#top-results").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator("#top-results").inner_text() == ""
    assert page.evaluate("document.activeElement.id") == "top-q"
    page.keyboard.type("okonkwo mar")
    page.locator("#top-results").get_by_text("Maria Okonkwo").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Maria Okonkwo").wait_for()


def test_a_list_is_filtered_and_kept_by_the_keyboard(site):
    page = site.open()
    page.goto("/customers")
    page.locator("summary", has_text="Filter").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Occupation").focus()
    page.keyboard.press("Enter")
    page.locator("select[name=operator]:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("ARCH")
    page.keyboard.press("Enter")
    page.get_by_text("Occupation contains ARCH").wait_for()
    assert "arch" not in page.url.lower().partition("contains~")[0]
    assert page.locator(".row-link").all_inner_texts() == ["Maria Okonkwo"]
    page.locator("summary", has_text="Save view").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Architects")
    page.keyboard.press("Enter")
    page.locator(".list-views [aria-current]", has_text="Architects").wait_for()
    page.get_by_role("link", name="Take out: Occupation contains ARCH").click()
    page.get_by_text("Ann Family00", exact=True).wait_for()


def test_escape_closes_a_menu(site):
    page = site.open()
    page.goto("/customers")
    page.locator("summary", has_text="Columns").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert (page.locator("details[open]").count(), _focused(page)) == (0, "Columns")
