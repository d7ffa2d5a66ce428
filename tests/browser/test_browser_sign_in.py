"""Setting up and using a second factor in a real browser: an authenticator app, and a passkey of a virtual device."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PASSWORD = "teapot lantern gravel"
NUMBERS = itertools.count()


@pytest.fixture
def newcomer(site):
    """Somebody who was just let in: their name, and the link they come in by."""
    name = f"tove{next(NUMBERS)}"
    page = site.open()
    page.goto("/people")
    page.get_by_label("Name").fill(name)
    page.locator("select[name=role]").first.select_option("steward")
    page.get_by_role("button", name="Let in", exact=True).click()
    link = page.locator(".secret code").text_content()
    return name, link.replace("127.0.0.1", "localhost")  # browsers make passkeys for names only


def _come_in(site, newcomer, width: int):
    """Come in by the link, and choose a password."""
    _, link = newcomer
    page = site.open(signed_in=False, width=width)
    page.set_default_timeout(10_000)
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save password").click()
    page.wait_for_url("**/")
    return page, link.partition("/sign-in/")[0]


def _virtual_device(page) -> None:
    """A phone with a finger on its reader, as far as the browser can tell."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def _is_sound(page) -> None:
    """Nothing is wider than the screen, and axe finds nothing to complain of."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert found == []


def _sign_out(page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")


def _first_step(page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1440, 390])
def test_an_authenticator_app_is_set_up_and_used(site, newcomer, width: int):
    page, address = _come_in(site, newcomer, width)
    page.get_by_role("link", name="Your sign-in").click()
    _is_sound(page)
    page.get_by_role("link", name="Set up an authenticator app").click()
    assert page.locator("svg.square-code").bounding_box()["width"] > 150
    page.get_by_text("It cannot scan").click()
    phone = pyotp.TOTP(page.locator(".secret code").text_content().replace(" ", ""))
    _is_sound(page)
    page.get_by_label("Code, six digits").fill(phone.at(datetime.now(UTC).timestamp() - 30))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    recovery = page.locator(".recovery-codes code").first.text_content()
    _is_sound(page)
    page.get_by_role("link", name="I have them").click()
    _sign_out(page)

    _first_step(page, newcomer[0])
    page.locator("#code:focus").wait_for()
    _is_sound(page)
    page.keyboard.type(phone.now())
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    _sign_out(page)
    _first_step(page, newcomer[0])
    page.locator("#code").fill(recovery)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/security")
    expect(page.get_by_text("9 of 10 left")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_passkey_is_set_up_and_signs_in_with_and_without_a_password(site, newcomer, width: int):
    page, address = _come_in(site, newcomer, width)
    _virtual_device(page)
    page.goto(f"{address}/security")
    page.get_by_role("link", name="Set up a passkey").click()
    _is_sound(page)
    page.get_by_label("What do you call it?").fill("Tove's phone")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_text("Passkey: Tove's phone")).to_be_visible()
    _is_sound(page)
    _sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address}/")
    _sign_out(page)
    _first_step(page, newcomer[0])
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/security")
    page.get_by_role("button", name="Remove passkey Tove's phone").click()
    page.get_by_text("The passkey is removed.").wait_for()
    _sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey does not fit.").wait_for()
    site.complaints[:] = [each for each in site.complaints if "403" not in each]  # that is what was asked for
