"""People and tokens by page: the secret is shown once, and a change counts at the next click."""

import re

import pytest
from django.test import Client

from customerfile.access.models import User
from customerfile.access.permissions import Permission
from customerfile.access.queries import permissions_of, users
from customerfile.access.tokens import tokens
from customerfile.access.users import add_user
from customerfile.base.clock import now


def _link(page: str) -> str:
    return re.search(r"<code>(http[^<]+/sign-in/[^<]+)</code>", page).group(1)


def test_somebody_is_let_in_by_a_link_that_is_shown_once(signed_in: Client):
    page = signed_in.post("/people", {"username": "nora", "role": "steward"}, follow=True).text
    link = _link(page)
    assert "/sign-in/" not in signed_in.get("/people").text
    nora = Client()
    assert nora.post(link)["Location"] == "/password"
    assert nora.get("/review").status_code == 200
    assert nora.get("/people").status_code == 403


def test_roles_and_disabling_count_at_the_next_click(signed_in: Client):
    nora = Client()
    nora.force_login(add_user("nora", role="steward", by="tests", at=now()))
    signed_in.post("/people/nora/role", {"role": "read-only"})
    assert nora.get("/review").status_code == 403
    signed_in.post("/people/nora/state", {"state": "disabled"})
    assert nora.get("/").status_code == 302
    signed_in.post("/people/nora/state", {"state": "enabled"})
    assert nora.get("/").status_code == 302  # let in again, they sign in again
    nora.force_login(User.objects.get(username="nora"))
    assert nora.get("/").status_code == 200
    assert signed_in.post("/people/nora/link", follow=True).text.count("/sign-in/") == 1


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("/people/olive/role", {"role": "steward"}, "the only owner"),
        ("/people/olive/state", {"state": "disabled"}, "the only owner"),
        ("/people/nobody/role", {"role": "steward"}, "Nobody here is called nobody."),
        ("/people/olive/role", {"role": "nothing"}, "There is no role nothing."),
        ("/people/nobody/link", {}, "Nobody signs in under the name nobody."),
    ],
)
def test_what_cannot_be_done_is_told(signed_in: Client, path: str, sent: dict[str, str], told: str):
    assert told in signed_in.post(path, sent, follow=True).text
    assert permissions_of("olive") == set(Permission)


def test_a_name_that_cannot_be_is_told_beside_the_field(signed_in: Client):
    answer = signed_in.post("/people", {"username": "olive", "role": "steward"})
    assert (answer.status_code, "already exists" in answer.text) == (422, True)
    assert [each.username for each in users()] == ["olive"]


def test_a_token_is_shown_once_and_can_be_revoked(signed_in: Client):
    sent = {"name": "web shop", "days": "30", "may": ["customers.see"]}
    secret = re.search(r"<code>(cf_[^<]+)</code>", signed_in.post("/tokens", sent, follow=True).text).group(1)
    assert "cf_" not in signed_in.get("/tokens").text
    program = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/customers/0000001X", headers=program).status_code == 404
    (made,) = tokens()
    assert (made.name, made.username, made.permissions) == ("web shop", "olive", ("customers.see",))
    assert "is revoked" in signed_in.post(f"/tokens/{made.id}/revoke", follow=True).text
    assert Client().get("/api/v1/customers/0000001X", headers=program).status_code == 401


def test_nobody_gives_a_token_more_than_they_may(db):
    browser = Client()
    browser.force_login(add_user("ada", role="administrator", by="tests", at=now()))
    answer = browser.post("/tokens", {"name": "x", "days": "1", "may": ["customers.see"]})
    assert (answer.status_code, tokens()) == (422, ())
