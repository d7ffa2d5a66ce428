"""The customer page in a real browser: what is seen at once, its timeline, notes, and the number that is copied."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def _maria(page) -> str:
    page.goto("/customers?last")
    page.get_by_role("link", name="Maria Okonkwo").click()
    expect(page.get_by_role("heading", name="Maria Okonkwo")).to_be_visible()
    return page.url


def _write(page, text: str):
    page.get_by_label("A note on Maria Okonkwo").fill(text)
    page.get_by_role("button", name="Add note").click()
    written = page.locator(".event-note", has_text=text.splitlines()[0])
    expect(written).to_be_visible()
    return written


def _take_away(page, note) -> None:
    note.get_by_role("link", name="Change this note").click()
    page.get_by_role("button", name="Take the note away").click()
    expect(page.get_by_text("A note that olive took away").first).to_be_visible()


def _filter(page, **typed: str) -> None:
    page.locator(".timeline-filter summary").click()
    for label, text in typed.items():
        page.locator(".timeline-filter").get_by_label(label).fill(text)
    page.locator(".timeline-filter").get_by_role("button", name="Filter").click()


def test_who_what_said_and_next_are_seen_without_scrolling(site):
    page = site.open()
    _maria(page)
    seen = (
        page.get_by_role("heading", name="Maria Okonkwo"),
        page.get_by_text("maria@example.org"),
        page.get_by_text("Net total"),
        page.get_by_role("img", name="Purchases by month"),
        page.get_by_text("Usually orders"),
        page.get_by_label("A note on Maria Okonkwo"),
        page.get_by_text("Asked for a call back"),
    )
    for each in seen:
        expect(each).to_be_in_viewport()


def test_older_events_come_when_they_are_reached(site):
    page = site.open()
    address = _maria(page)
    expect(page.get_by_text("Purchase Teapot 0", exact=True)).to_have_count(0)
    page.locator(".event").last.scroll_into_view_if_needed()
    expect(page.get_by_text("Purchase Teapot 0", exact=True)).to_be_visible()
    expect(page.locator(".older")).to_have_count(0)
    headings = page.locator(".event-day").all_inner_texts()
    assert len(headings) == len(set(headings))
    assert page.url == address


def test_on_a_phone_older_events_are_asked_for(site):
    page = site.open(width=390)
    _maria(page)
    older = page.get_by_role("link", name="Older")
    older.scroll_into_view_if_needed()
    older.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Purchase Teapot 0", exact=True)).to_be_visible()
    expect(page.locator(".event-link:focus")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_the_timeline_is_filtered_and_back_leads_back(site, script: bool):
    page = site.open(script=script) if script else _signed_in_without_script(site)
    address = _maria(page)
    _filter(page, Words="teapot 7", From="2026-03-05")
    expect(page.locator(".event")).to_have_count(2)
    assert re.search(r"from=2026-03-05&words=[\w-]+#timeline$", page.url)
    assert "teapot" not in page.url.lower()
    page.get_by_role("link", name="Take out: from 5 Mar 2026").click()
    expect(page.locator(".timeline-chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".timeline-chip")).to_have_count(2)
    page.go_back()
    expect(page.locator(".timeline-chip")).to_have_count(0)
    assert page.url == address


def _signed_in_without_script(site):
    page = site.open(signed_in=False, script=False)
    page.goto(site.links.pop())
    page.get_by_role("button", name="Sign in").click()
    return page


def test_a_link_to_an_event_shows_it(site):
    page = site.open()
    _maria(page)
    page.locator(".event").last.scroll_into_view_if_needed()
    first = page.locator(".event", has_text="Purchase Teapot 0").filter(
        has=page.get_by_text("Purchase Teapot 0", exact=True)
    )
    expect(first).to_be_visible()
    link = first.locator(".event-link").get_attribute("href")
    page.goto(link)
    expect(page.locator(".event:target")).to_contain_text("Purchase Teapot 0")
    expect(page.locator(".event:target")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the newest").click()
    expect(page.get_by_text("Asked for a call back")).to_be_visible()


def test_a_note_is_written_changed_in_place_and_taken_away(site):
    page = site.open()
    _maria(page)
    note = _write(page, "Wants the blue one.\nOn Friday, @olive.")
    note.get_by_role("link", name="Change this note").click()
    editor = page.get_by_label("The note", exact=True)
    expect(editor).to_be_focused()
    editor.fill("Wants the green one, @olive.")
    page.get_by_role("button", name="Save").click()
    changed = page.locator(".event-note", has_text="Wants the green one")
    expect(changed).to_be_visible()
    changed.get_by_text("What it said before").click()
    expect(changed.get_by_text("Wants the blue one.")).to_be_visible()
    page.get_by_role("link", name="For you").click()
    expect(page.get_by_text("Wants the green one")).to_be_visible()
    page.get_by_role("button", name="Done with the note on Maria Okonkwo").click()
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    _maria(page)
    _take_away(page, page.locator(".event-note", has_text="Wants the green one"))
    expect(page.get_by_text("Wants the green one")).to_have_count(0)


def test_notes_without_script(site):
    page = _signed_in_without_script(site)
    _maria(page)
    note = _write(page, "Rang the bell twice.")
    note.get_by_role("link", name="Change this note").click()
    page.get_by_label("The note", exact=True).fill("4111 1111 1111 1111")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("a payment card number, which is never stored")
    page.get_by_label("The note", exact=True).fill("Rang the bell once.")
    page.get_by_role("button", name="Save").click()
    _take_away(page, page.locator(".event-note", has_text="Rang the bell once."))
    site.complaints[:] = [each for each in site.complaints if "422" not in each]  # that is what was asked for


def test_the_number_is_copied(site):
    page = site.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = _maria(page)
    page.get_by_role("button", name="Copy the customer number").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address.rpartition("/")[2]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_where_something_is_open(site, width: int, dark: bool):
    page = site.open(width=width, dark=dark)
    _maria(page)
    note = _write(page, f"Of width {width}, {dark}, @olive.")
    page.locator(".timeline-filter summary").click()
    page.locator(".chart-table summary").click()
    _look(page)
    page.locator(".timeline-filter summary").click()
    note.get_by_role("link", name="Change this note").click()
    expect(page.get_by_label("The note", exact=True)).to_be_visible()
    _look(page)
    page.goto("/for-you")
    _look(page)
    page.get_by_role("button", name="Done").first.click()
    _maria(page)
    _take_away(page, page.locator(".event-note", has_text=f"Of width {width}, {dark}"))
    _look(page)


def _look(page) -> None:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
