"""Merging and splitting in a real browser: by keyboard, without script, and two people at once. All is taken back."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_merged_by_keyboard_alone_and_undone(site):
    page = site.open()
    _open(page, "Nora Quill")
    address = page.url
    _press(page, "link", "Merge with…")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("kestrel nora")  # over the name that is marked there
    page.locator("[data-result]").get_by_text("Nora Kestrel").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Merge these two customers?").wait_for()
    assert page.locator("tr.agreement-differs").count() == 1
    page.get_by_label("Note").focus()
    page.keyboard.type("same voice on the phone")
    page.keyboard.press("Enter")
    page.get_by_text("leads here from now on").wait_for()
    assert page.url == address
    expect(page.get_by_text("same voice on the phone")).to_be_visible()
    _press(page, "button", "Undo")
    page.get_by_text("Taken back.").wait_for()
    assert not page.get_by_role("link", name="Split…").is_visible()


def test_split_by_keyboard_alone_and_undone(site):
    page = site.open()
    _open(page, "Tessa Vane")
    address = page.url
    _press(page, "link", "Split…")
    page.get_by_role("checkbox").nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Split Tessa Vane?").wait_for()
    assert page.locator("tr.agreement-differs").count() == 1
    _press(page, "button", "Split into two")
    page.get_by_text("Split: the record left and stands under").wait_for()
    assert page.url == address
    _press(page, "button", "Undo")
    page.get_by_text("Taken back.").wait_for()
    expect(page.get_by_role("link", name="Split…")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_merge_and_split_without_script(site, width: int):
    page = site.open(signed_in=False, script=False, width=width)
    page.goto(site.links.pop())
    page.get_by_role("button", name="Sign in").click()
    _open(page, "Nora Quill")
    page.get_by_role("link", name="Merge with…").click()
    box = page.get_by_label("The other customer")
    assert box.input_value() == "Nora Quill"
    box.fill("kestrel")
    box.press("Enter")
    page.get_by_role("link", name="Nora Kestrel").click()
    page.get_by_role("button", name="Merge into").click()
    expect(page.get_by_text("leads here from now on")).to_be_visible()
    page.get_by_role("link", name="Split…").click()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("you would overrule")).to_be_visible()
    page.get_by_role("button", name="Split into two").click()
    expect(page.get_by_text("Split: the record left")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Its records stand under the customers")).to_be_visible()


def test_of_two_at_once_the_second_is_told(site):
    first, second = site.open(), site.open()
    for page in (first, second):
        _open(page, "Nora Quill")
        page.get_by_role("link", name="Merge with…").click()
        page.get_by_role("link", name="Nora Kestrel").click()
        page.get_by_role("heading", name="Merge these two customers?").wait_for()
    first.get_by_role("button", name="Merge into").click()
    first.get_by_text("leads here from now on").wait_for()
    second.get_by_role("button", name="Merge into").click()
    second.get_by_text("changed since you looked: olive merged customers").wait_for()
    first.get_by_role("button", name="Undo").click()
    first.get_by_text("Taken back.").wait_for()


def _open(page, name: str) -> None:
    page.goto("/customers?last")
    page.get_by_role("link", name=name).click()
    page.get_by_role("heading", name=name).wait_for()


def _press(page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).focus()
    page.keyboard.press("Enter")
