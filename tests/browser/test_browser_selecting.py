"""Selecting customers, changing many at once and the pages of data quality, in a real browser.

With the mouse, with the keyboard alone, and without script.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
STATE = "#selection-state [role=status]"


def _faults(page, width: int) -> list[object]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(found => found.violations)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    told = [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
    return [*told, *([f"{wide} wide"] if wide > width else [])]


def test_a_range_is_ticked_kept_over_pages_changed_and_taken_back(site):
    page = site.open()
    page.goto("/customers")
    boxes = page.locator("input[name=chosen]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator(STATE)).to_have_text("4 selected")
    boxes.nth(8).click()
    page.get_by_role("link", name="Next").click()  # at once: what was ticked is kept all the same
    page.wait_for_url("**after=*")
    expect(page.locator(STATE)).to_have_text("5 selected")
    page.go_back()
    expect(page.locator("input[name=chosen]:checked")).to_have_count(5)
    page.get_by_role("button", name="Change a field").click()
    page.get_by_label("Field").select_option("tag")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox", name="Value").fill("spring")
    page.get_by_role("button", name="See what that does").click()
    expect(page.locator(".then")).to_have_text(["spring"] * 5)
    page.get_by_role("button", name="Change 5 customers").click()
    expect(page.get_by_role("heading", name="Add “spring” to Tags")).to_be_visible()
    expect(page.locator(".facts dd").first).to_have_text("5")
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".page-lead")).to_contain_text("Taken back by olive")
    page.goto("/customers")
    expect(page.locator(STATE)).to_have_text("Nobody is selected")


def test_the_keyboard_alone_selects_and_changes(site):
    page = site.open()
    page.goto("/customers")
    page.locator("input[name=chosen]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(STATE)).to_have_text("3 selected")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.locator(STATE)).to_have_text("2 selected")
    page.get_by_role("button", name="Change a field").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Field")).to_be_focused()
    page.keyboard.type("Occ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Value")).to_be_focused()
    page.keyboard.type("Pilot")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Set Occupation to “Pilot”?")).to_be_visible()
    page.goto("/customers")
    page.get_by_role("button", name="Select nobody").focus()
    page.keyboard.press("Enter")
    expect(page.locator(STATE)).to_have_text("Nobody is selected")


def test_without_script_all_that_is_found_is_changed_beside_the_page(site):
    page = site.open(script=False)
    page.goto("/customers")
    page.locator("input[name=chosen]").nth(2).check()
    page.get_by_role("button", name="Keep, and on").click()
    page.locator("input[name=chosen]").first.check()
    page.get_by_role("button", name="Keep what is ticked").click()
    expect(page.locator(STATE)).to_have_text("2 selected")
    page.get_by_role("button", name=re.compile("Select all .* found")).click()
    expect(page.locator(STATE)).to_have_text(re.compile("All .* that this list finds are selected"))
    page.get_by_role("button", name="Change a field").click()
    page.get_by_label("Field").select_option("tag")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox", name="Value").fill("autumn")
    page.get_by_role("button", name="See what that does").click()
    page.get_by_role("button", name=re.compile("Change .* customers")).click()
    expect(page.get_by_role("link", name="Take it back")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Being taken back")).to_have_count(0, timeout=60_000)
    expect(page.locator(".page-lead")).to_contain_text("Taken back by olive")


def test_the_file_is_measured_beside_the_page_that_shows_when_it_is_done(site):
    page = site.open()
    page.goto("/quality")
    page.get_by_role("button", name="Measure now").click()
    expect(page.get_by_text("The file is being measured, for olive")).to_be_visible()
    expect(page.get_by_role("button", name="Measure now")).to_be_visible(timeout=60_000)
    page.locator(".quality-number a").first.click()
    page.get_by_role("checkbox", name="Select all on this page").check()
    expect(page.locator(STATE)).to_contain_text("selected")
    page.get_by_role("button", name="Export these").click()
    expect(page.get_by_text("you selected")).to_be_visible()


@pytest.mark.parametrize(
    ("dark", "width"),
    [(False, 1440), (True, 1440), (False, 390), (True, 390)],
    ids=["light", "dark", "narrow", "dark-narrow"],
)
def test_no_fault_and_no_page_wider_than_the_screen(site, dark: bool, width: int):
    page = site.open(dark=dark, width=width)
    faults: dict[str, object] = {}

    def look(what: str) -> None:
        faults.update({what: found} if (found := _faults(page, width)) else {})

    page.goto("/customers")
    page.get_by_role("button", name="Select this page").click()
    expect(page.locator(STATE)).to_have_text("50 selected")
    look("selected")
    page.goto("/customer-list/change")
    look("field")
    page.goto("/customer-list/change?field=occupation")
    look("form")
    page.get_by_role("button", name="See what that does").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("refused")
    page.get_by_role("textbox", name="Value").fill("A rather long occupation, such as nobody has")
    page.get_by_role("button", name="See what that does").click()
    expect(page.get_by_role("heading", name="What that does")).to_be_visible()
    look("preview")
    page.goto("/customer-list/confirm")
    expect(page.get_by_role("button", name="Confirm 50 customers")).to_be_visible()
    look("confirm")
    page.goto("/customer-list/changes")
    look("changes")
    page.goto("/quality")
    look("quality")
    page.locator(".quality-number a").first.click()
    expect(page.locator(STATE)).to_be_visible()
    look("behind a figure")
    page.goto("/customers")
    page.get_by_role("button", name="Select nobody").click()
    page.goto("/customer-list/change")
    look("nobody")
    site.complaints[:] = [each for each in site.complaints if "422" not in each]
    assert faults == {}
