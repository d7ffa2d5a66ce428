"""Where people are signed in: a session counts while it is on the list."""

from datetime import UTC, datetime, timedelta

import pytest

from customerfile.access.errors import UnknownUser
from customerfile.access.models import BrowserSession
from customerfile.access.operations import ensure_owner, set_password
from customerfile.access.sessions import (
    PROOF_LIFE,
    begin_session,
    end_session,
    end_sessions,
    end_sessions_of,
    note_proof,
    session_of,
    sessions_of,
)
from customerfile.access.users import add_user, set_active
from customerfile.audit.models import AuditEntry

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
BY = {"by": "olive", "at": AT}


@pytest.fixture
def olive(db):
    return ensure_owner(username="olive", by="tests", at=AT)


def _begin(user, at: datetime = AT) -> int:
    return begin_session(user, way="password", address="192.0.2.1", browser="Firefox", at=at)


def test_a_session_is_its_persons_alone_and_ends_after_twelve_hours(olive):
    number, nora = _begin(olive), add_user("nora", role="steward", **BY)
    assert session_of(olive, number, at=AT).address == "192.0.2.1"
    assert session_of(nora, number, at=AT) is None
    assert session_of(olive, 0, at=AT) is None
    assert not end_session(nora, number, **BY)
    assert session_of(olive, number, at=AT + timedelta(hours=12)) is None
    _begin(olive, AT + timedelta(hours=13))
    assert BrowserSession.objects.count() == 1


def test_a_proof_is_young_for_ten_minutes(olive):
    number = _begin(olive)
    later = AT + PROOF_LIFE
    assert session_of(olive, number, at=AT).is_proven(later - timedelta(seconds=1))
    assert not session_of(olive, number, at=later).is_proven(later)
    note_proof(number, second_factor=True, at=later)
    note_proof(number, at=later)
    found = session_of(olive, number, at=later)
    assert (found.is_proven(later), found.second_factor, found.way) == (True, True, "password")


def test_being_seen_is_noted_once_a_minute(olive):
    number = _begin(olive)
    for seconds in (30, 61, 90):
        session_of(olive, number, at=AT + timedelta(seconds=seconds))
    assert [each.last_seen_at for each in sessions_of(olive, at=AT)] == [AT + timedelta(seconds=61)]


def test_sessions_are_ended_one_all_others_or_all(olive):
    here, there, elsewhere = (_begin(olive) for _ in range(3))
    assert end_session(olive, there, **BY)
    assert end_sessions(olive, but=here, **BY) == 1
    assert [each.id for each in sessions_of(olive, at=AT)] == [here]
    assert end_sessions_of("olive", **BY) == 1
    assert end_sessions_of("olive", **BY) == 0
    assert [entry.detail for entry in AuditEntry.objects.filter(code="access.sessions.ended")] == [
        {"count": 1}
    ] * 3
    with pytest.raises(UnknownUser):
        end_sessions_of("nobody", **BY)
    assert elsewhere > there


def test_a_new_password_and_disabling_end_sessions(olive):
    nora = add_user("nora", role="steward", **BY)
    here, _ = _begin(nora), _begin(nora)
    set_password(nora, password="teapot lantern gravel", keep=here, **BY)
    assert [each.id for each in sessions_of(nora, at=AT)] == [here]
    set_active("nora", active=False, **BY)
    set_active("nora", active=True, **BY)
    assert sessions_of(nora, at=AT) == ()
