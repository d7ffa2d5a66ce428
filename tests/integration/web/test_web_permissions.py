"""Who may open which page: every address and every role, and that an address which says nothing stops the server."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_resolver, path, reverse
from test_web_access import ARGUMENTS, NAMES, _patterns

from customerfile.access.permissions import Permission
from customerfile.access.queries import roles
from customerfile.access.roles import SHIPPED_ROLES
from customerfile.access.users import add_user, define_role, set_active, set_role
from customerfile.base.clock import now
from customerfile.config.declared import require_declarations
from customerfile.web.permissions import OPEN, declared

NEEDED = {pattern.name: declared(pattern.callback) for pattern in _patterns(get_resolver().url_patterns)}


def _browser(role: str, name: str = "nora") -> Client:
    browser = Client()
    browser.force_login(add_user(name, role=role, by="tests", at=now()))
    return browser


@pytest.mark.parametrize("role", sorted(SHIPPED_ROLES))
def test_every_role_opens_what_it_may_and_nothing_else(db, role: str):
    browser, allowed = _browser(role), SHIPPED_ROLES[role].permissions
    for name in (name for name in NAMES if NEEDED[name] != OPEN):
        for method in ("get", "post"):
            answer = getattr(browser, method)(reverse(name, kwargs=ARGUMENTS.get(name, {})))
            assert (answer.status_code == 403) == (NEEDED[name] not in allowed), (name, method)


def test_a_refusal_says_what_is_missing_and_shows_no_way_there(db):
    browser = _browser("read-only")
    page = browser.get("/review").text
    assert "people who may see the review queue and judge pairs of records" in page
    assert 'href="/review"' not in page
    assert 'href="/customers"' in page


def test_a_role_that_is_unknown_allows_nothing(db):
    browser = _browser("read-only")
    set_role("nora", role="steward", by="tests", at=now())
    assert browser.get("/review").status_code == 200
    type(add_user("x", role="steward", by="tests", at=now())).objects.filter(username="nora").update(
        role="gone"
    )
    assert [browser.get(f"/{page}").status_code for page in ("", "review", "deliveries")] == [403, 403, 403]


def test_a_change_counts_at_the_next_click(db):
    browser = _browser("steward")
    assert browser.get("/review").status_code == 200
    define_role("steward", label="", permissions={Permission.SEE_CUSTOMERS}, by="tests", at=now())
    assert roles()["steward"].changed
    assert browser.get("/review").status_code == 403
    set_active("nora", active=False, by="tests", at=now())
    assert browser.get("/")["Location"].startswith("/sign-in")


def test_an_address_that_says_nothing_stops_the_server():
    require_declarations(get_resolver().url_patterns)
    with pytest.raises(ImproperlyConfigured, match=r"planted"):
        require_declarations([*get_resolver().url_patterns, path("planted", lambda request: None)])
