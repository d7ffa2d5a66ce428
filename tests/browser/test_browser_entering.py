"""A new customer in a real browser: by mouse, by keyboard alone, on a phone, without script; two at one field."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
NEW = "/customers/new"


def _asked(site) -> None:
    """Chromium complains of every answer that is no 200: those by which a form is asked again are meant."""
    site.complaints[:] = [each for each in site.complaints if "409" not in each and "422" not in each]


def _type_maria(page) -> None:
    page.get_by_label("First name").fill("Maria")
    page.get_by_label("Last name").fill("Okonkwo")
    page.get_by_label("Date of birth").fill("11 December 1978")
    page.get_by_label("E-mail", exact=True).fill("maria@example.org")


def test_what_is_typed_is_understood_and_told_before_saving(site):
    page = site.open()
    page.goto("/customers")
    page.get_by_role("link", name="New customer").click()
    page.get_by_label("Phone", exact=True).fill("020 7946 0199")
    expect(page.locator("#about-phone-1")).to_have_text("+44 20 7946 0199")
    page.get_by_label("E-mail", exact=True).fill("ines at example")
    expect(page.locator("#about-email-1")).to_contain_text("name@example.org")
    page.get_by_label("E-mail", exact=True).fill("ines@example.org")
    expect(page.locator("#about-email-1")).to_be_empty()
    page.get_by_label("First name").fill("Ines")
    page.get_by_label("Last name").fill("Vargas")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", name="Ines Vargas")).to_be_visible()
    expect(page.get_by_text("Saved as customer")).to_be_visible()


def test_a_duplicate_is_stopped_where_it_is_born(site):
    page = site.open()
    page.goto(NEW)
    _type_maria(page)
    expect(page.get_by_role("heading", name="May be the same as")).to_be_visible()
    expect(page.locator("#alike")).to_contain_text("same birth date")
    page.locator("#alike summary").first.click()
    expect(page.locator("#alike td").get_by_text("maria@example.org").first).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    expect(page.locator("#alike-title")).to_be_focused()
    with page.context.expect_page() as beside:
        page.locator("#alike").get_by_role("link", name="Maria Okonkwo").click()
    expect(beside.value.get_by_role("heading", name="Maria Okonkwo")).to_be_visible()
    page.locator("#alike").get_by_role("button", name="Add to this customer").first.click()
    expect(page.get_by_text("Added to customer")).to_be_visible()
    expect(page.get_by_role("heading", name="Maria Okonkwo")).to_be_visible()
    _asked(site)


def test_by_keyboard_alone(site):
    page = site.open()
    page.goto("/")
    page.keyboard.type("bram kessler")
    link = page.get_by_role("link", name="Enter as a new customer")
    expect(link).to_be_visible()
    link.press("Enter")
    expect(page.get_by_label("Last name")).to_have_value("Kessler")
    page.get_by_label("E-mail", exact=True).focus()
    page.keyboard.type("bram@example.org")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # another e-mail
    expect(page.get_by_label("Another: E-mail")).to_be_focused()
    page.keyboard.type("kessler@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bram Kessler")).to_be_visible()
    expect(page.get_by_text("kessler@example.org").first).to_be_visible()


def test_on_a_phone(site):
    page = site.open(width=390)
    page.goto(NEW)
    page.get_by_role("button", name="Organisation").click()
    page.get_by_label("Organisation name").fill("Harbour Bakery")
    page.get_by_text("More fields").click()
    page.get_by_label("Legal form").fill("Ltd")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", name="Harbour Bakery")).to_be_visible()


def test_without_script(site):
    page = site.open(script=False)
    page.goto(NEW)
    page.get_by_label("First name").fill("Nora")
    page.get_by_label("Last name").fill("Quill")
    page.get_by_label("Date of birth").fill("3 February 1982")
    page.get_by_label("E-mail", exact=True).fill("nora at example")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("#about-email-1")).to_contain_text("name@example.org")
    page.get_by_label("E-mail", exact=True).fill("quill@example.org")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    page.get_by_role("button", name="Save as a different customer").click()
    expect(page.get_by_text("Saved as customer")).to_be_visible()
    _asked(site)


def test_a_double_click_and_a_reload_save_once(site):
    page = site.open()
    page.goto(NEW)
    page.get_by_label("First name").fill("Odile")
    page.get_by_label("Last name").fill("Marchetti")
    page.get_by_role("button", name="Save", exact=True).last.dblclick()
    expect(page.get_by_role("heading", name="Odile Marchetti")).to_be_visible()
    page.reload()
    page.goto("/")
    page.locator("#q").fill("odile marchetti")
    expect(page.get_by_text("1 customer found")).to_be_visible()


@pytest.mark.parametrize(("dark", "width"), [(False, 1440), (True, 1440), (False, 390), (True, 390)])
def test_axe_finds_nothing_in_any_state(site, dark: bool, width: int):
    page = site.open(dark=dark, width=width)
    page.goto(NEW)
    page.get_by_text("More fields").click()
    states = [_faults(page)]
    _type_maria(page)
    page.get_by_label("Phone", exact=True).fill("12")
    expect(page.get_by_role("heading", name="May be the same as")).to_be_visible()
    page.locator("#alike summary").first.click()
    states.append(_faults(page))
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Mend what is marked")).to_be_visible()
    states.append(_faults(page))
    page.get_by_label("Phone", exact=True).fill("")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Say whether it is one of these")).to_be_visible()
    states.append(_faults(page))
    assert states == [[]] * 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _asked(site)


def _faults(page) -> list[tuple[str, str]]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(found => found.violations)")
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


@pytest.mark.parametrize("width", [1440, 390])
def test_two_people_at_one_field(site, width: int):
    first, second = site.open(width=width), site.open(width=width)
    for page in (first, second):
        page.goto("/customers?last")
        page.get_by_role("link", name="Nora Kestrel").click()
        page.goto(f"{page.url.partition('?')[0]}/fields/occupation")
    first.get_by_label("Occupation").first.fill(f"Baker {width}")
    first.get_by_role("button", name="Save").first.click()
    expect(first.get_by_text("Occupation is changed")).to_be_attached()
    second.get_by_label("Occupation").first.fill("Judge")
    second.get_by_role("button", name="Save").first.click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text(f"Baker {width}")
    expect(told).to_contain_text("Judge")
    expect(told).to_contain_text("olive, just now")
    assert _faults(second) == []
    second.get_by_role("button", name="Have what I wrote").click()
    expect(second.get_by_text("Occupation is changed")).to_be_attached()
    expect(second.locator("#field-occupation .value").first).to_have_text("Judge")
    _asked(site)
