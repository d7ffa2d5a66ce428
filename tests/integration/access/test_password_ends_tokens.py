"""A changed password ends all sessions and tokens of the person, and the tokens that they made."""

from datetime import UTC, datetime, timedelta

import pytest

from customerfile.access.errors import TokenRefused
from customerfile.access.models import BrowserSession
from customerfile.access.operations import ensure_owner, set_password
from customerfile.access.permissions import Permission
from customerfile.access.sessions import begin_session
from customerfile.access.tokens import bearer_of, issue_token
from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SEE = [Permission.SEE_CUSTOMERS]


def _token(username: str, by: str) -> str:
    life = timedelta(days=1)
    return issue_token("till", username=username, permissions=SEE, life=life, by=by, at=AT).secret


def _works(secret: str) -> bool:
    try:
        bearer_of(secret, at=AT)
    except TokenRefused:
        return False
    return True


@pytest.fixture
def olive(db):
    user = ensure_owner(username="olive", by="tests", at=AT)
    set_password(user, password="teapot lantern gravel", by="olive", at=AT)
    return user


def test_sessions_and_tokens_end_with_the_password(olive):
    add_user("nora", role="steward", by="olive", at=AT)
    own, made, foreign = _token("olive", "ben"), _token("nora", "olive"), _token("nora", "ben")
    kept, other = (
        begin_session(olive, way="password", address="192.0.2.1", browser="Firefox", at=AT) for _ in range(2)
    )
    set_password(olive, password="violet ladder pepper", keep=kept, by="olive", at=AT)
    assert [_works(own), _works(made), _works(foreign)] == [False, False, True]
    assert list(BrowserSession.objects.values_list("pk", flat=True)) == [kept]
    assert other != kept
    assert AuditEntry.objects.filter(code="access.token.revoked").count() == 2


def test_a_first_password_ends_no_token(db):
    nora = add_user("nora", role="steward", by="olive", at=AT)
    secret = _token("nora", "olive")
    set_password(nora, password="teapot lantern gravel", by="nora", at=AT)
    assert _works(secret)
