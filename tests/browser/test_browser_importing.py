"""Importing in a real browser: with the keyboard alone, on a phone, without script; closed and come back to."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
HEAD = "id,first name,last name,email,phone,city,memo\n"
ROWS = "1,{name},Import,{name}@example.org,020 7946 0999,Leeds,x\n2,Bo,Import,bo.{name}@example.org,call me,Leeds,y\n"
PATIENCE = 60_000


@pytest.fixture
def people(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A small file with one value that cannot be taken; each test has people of its own."""
    name = request.node.name.split("[")[0].removeprefix("test_")[:12].replace("_", "")
    path = tmp_path / f"{name}.csv"
    path.write_text(HEAD + ROWS.format(name=name.capitalize()))
    return path


def _hand_in(page, people: Path, source: str) -> None:
    page.goto("/import")
    page.set_input_files("#file", people)
    page.get_by_role("button", name="Look into it").click()
    page.wait_for_url("**/file")
    page.get_by_label("Name of a new source").fill(source)
    page.get_by_label("Country, where a row names none").select_option("GB")
    page.get_by_role("button", name="Continue to the columns").click()
    page.wait_for_url("**/columns")


@pytest.mark.parametrize("width", [1440, 390], ids=["desktop", "phone"])
def test_a_file_goes_all_the_way(site, people: Path, width: int):
    page = site.open(width=width)
    _hand_in(page, people, f"Market {width}")
    page.get_by_label("What memo means", exact=True).select_option("occupation")
    page.locator("#column-6.left-out").wait_for(state="detached")
    page.reload()
    assert page.get_by_label("What memo means", exact=True).input_value() == "occupation"
    expect(page.get_by_text("1 of the first 2 values cannot be taken")).to_be_visible()

    page.get_by_role("button", name="Try it").click()
    page.get_by_role("heading", name="What it would do").wait_for(timeout=PATIENCE)
    expect(page.get_by_text("+44 20 7946 0999")).to_be_visible()
    page.get_by_role("button", name="Import 2 rows").click()
    page.wait_for_url("**/deliveries/*", timeout=PATIENCE)
    page.get_by_text("finished").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name="Rows to correct").wait_for(timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("undone").wait_for(timeout=PATIENCE)


def test_with_the_keyboard_alone(site, people: Path):
    page = site.open()
    page.goto("/deliveries")
    _press_on(page, "Import a file")
    page.wait_for_url("**/import")
    with page.expect_file_chooser() as chooser:
        page.locator("#file").press("Space")
    chooser.value.set_files(people)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/file")
    page.get_by_label("Name of a new source").focus()
    page.keyboard.type("Keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/columns")
    page.get_by_label("What memo means", exact=True).focus()
    page.keyboard.type("Occ")
    page.locator("#column-6.left-out").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "target-6"
    _press_on(page, "Try it")
    page.get_by_role("heading", name="What it would do").wait_for(timeout=PATIENCE)
    _press_on(page, "Import 2 rows")
    page.wait_for_url("**/deliveries/*", timeout=PATIENCE)


def test_without_script(site, people: Path):
    page = site.open(script=False)
    _hand_in(page, people, "No script")
    page.get_by_label("What memo means", exact=True).select_option("occupation")
    page.get_by_role("button", name="Check again").click()
    assert page.get_by_label("What memo means", exact=True).input_value() == "occupation"
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("heading", name="What it would do").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Import 2 rows").click()
    page.get_by_role("link", name="Rows to correct").wait_for(timeout=PATIENCE)


def test_what_was_begun_is_found_again_after_the_browser_was_closed(site, people: Path):
    page = site.open()
    _hand_in(page, people, "Come back")
    page.get_by_label("What memo means", exact=True).select_option("occupation")
    page.locator("#column-6.left-out").wait_for(state="detached")
    page.context.close()
    again = site.open()
    again.goto("/deliveries")
    again.get_by_role("link", name=people.name, exact=True).click()
    assert again.get_by_label("What memo means", exact=True).input_value() == "occupation"
    again.get_by_role("button", name="Give this file up").click()
    again.get_by_text("was given up; nothing of it was kept.").wait_for()


def test_a_dropped_file_is_taken_and_one_that_is_too_large_is_not_sent(site, people: Path):
    page = site.open()
    page.goto("/import")
    page.evaluate("document.querySelector('[data-drop]').dataset.megabytes = '0'")
    _drop(page, "crowd.csv", HEAD)
    page.get_by_text("crowd.csv has 0 MB; at most 0 MB can be handed in here.").wait_for()
    page.reload()
    _drop(page, "dropped.csv", people.read_text())
    page.wait_for_url("**/file")
    page.get_by_role("heading", name="dropped.csv").wait_for()
    page.get_by_role("button", name="Give this file up").click()


@pytest.mark.parametrize(("dark", "width"), [(False, 1440), (True, 390)], ids=["light", "dark and narrow"])
def test_no_page_of_an_import_keeps_anybody_out(site, people: Path, dark: bool, width: int):
    page = site.open(dark=dark, width=width)
    _hand_in(page, people, f"Everybody {width}")
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("heading", name="What it would do").wait_for(timeout=PATIENCE)
    trial = page.url
    found = {}
    for address in ("/import", trial.replace("/trial", "/file"), trial.replace("/trial", "/columns"), trial,
                    "/sources", "/deliveries", "/deliveries/1", "/deliveries/1/undo"):  # fmt: skip
        page.goto(address)
        page.evaluate(AXE.read_text())
        violations = page.evaluate("axe.run().then(found => found.violations)")
        found[address] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
    page.goto(trial)
    page.get_by_role("button", name="Give this file up").click()
    assert {address: faults for address, faults in found.items() if faults} == {}


def _press_on(page, name: str) -> None:
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.focus()
    page.keyboard.press("Enter")


def _drop(page, name: str, text: str) -> None:
    data = page.evaluate_handle(
        "([name, text]) => { const data = new DataTransfer();"
        " data.items.add(new File([text], name, {type: 'text/csv'})); return data; }",
        [name, text],
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": data})
