"""Where people are signed in. A browser's session counts while its row is here; taking the row away ends it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from customerfile.access.errors import UnknownUser
from customerfile.access.models import BrowserSession, User
from customerfile.audit.operations import record
from customerfile.base.told import told

PROOF_LIFE = timedelta(minutes=10)
_LIFE = timedelta(hours=12)
_SEEN_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_BROWSER = 300


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Where somebody is signed in, and how they proved who they are. `way`: "password", "link and code" and so on."""

    id: int
    began_at: datetime
    last_seen_at: datetime
    proven_at: datetime
    way: str
    second_factor: bool
    address: str
    browser: str

    def is_proven(self, at: datetime) -> bool:
        """Whether the last proof of who is there is young enough for what is dangerous."""
        return at - self.proven_at < PROOF_LIFE


def begin_session(user: User, *, way: str, address: str, browser: str, at: datetime) -> int:
    """Somebody signs in: the number of their new session. Those that have run out are cleared away."""
    BrowserSession.objects.filter(began_at__lte=at - _LIFE).delete()
    return BrowserSession.objects.create(
        user=user,
        began_at=at,
        last_seen_at=at,
        proven_at=at,
        way=way,
        address=address,
        browser=browser[:_LONGEST_BROWSER],
    ).pk


def session_of(user: User, number: int, *, at: datetime) -> SessionInfo | None:
    """This session of this person, seen now; None where it was ended."""
    found = BrowserSession.objects.filter(pk=number, user_id=user.pk, began_at__gt=at - _LIFE).first()
    if found is None:
        return None
    if found.last_seen_at < at - _SEEN_NOTED_EVERY:
        BrowserSession.objects.filter(pk=found.pk).update(last_seen_at=at)
    return _info(found)


def note_proof(number: int, *, way: str = "", second_factor: bool = False, at: datetime) -> None:
    """Somebody proved anew who they are. A second factor that was proven before stays proven."""
    proven: dict[str, object] = {"proven_at": at}
    if way:
        proven["way"] = way
    if second_factor:
        proven["second_factor"] = True
    BrowserSession.objects.filter(pk=number).update(**proven)


def sessions_of(user: User, *, at: datetime) -> tuple[SessionInfo, ...]:
    """Where somebody is signed in, the last seen first."""
    found = BrowserSession.objects.filter(user=user, began_at__gt=at - _LIFE)
    return tuple(_info(each) for each in found.order_by("-last_seen_at", "-pk"))


@transaction.atomic
def end_session(user: User, number: int, *, by: str, at: datetime) -> bool:
    """End one session of this person; whether there was one."""
    ended = BrowserSession.objects.filter(pk=number, user=user).delete()[0]
    if ended:
        _write_down(user, ended, by, at)
    return bool(ended)


@transaction.atomic
def end_sessions(user: User, *, but: int = 0, by: str, at: datetime) -> int:
    """End all sessions of this person, `but` this one; how many there were."""
    ended = BrowserSession.objects.filter(user=user).exclude(pk=but).delete()[0]
    if ended:
        _write_down(user, ended, by, at)
    return ended


@transaction.atomic
def end_sessions_of(username: str, *, by: str, at: datetime) -> int:
    """End all sessions of the person of this name; how many there were. Raises UnknownUser."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise UnknownUser(
            told("Nobody here is called {name}.", name=username), "See who is with: customerfile user list"
        )
    return end_sessions(user, by=by, at=at)


def forget_session(number: int) -> None:
    """Somebody signed out."""
    BrowserSession.objects.filter(pk=number).delete()


def _write_down(user: User, count: int, by: str, at: datetime) -> None:
    record(by=by, at=at, code="access.sessions.ended", subject=f"user:{user.pk}", detail={"count": count})


def _info(row: BrowserSession) -> SessionInfo:
    return SessionInfo(
        id=row.pk,
        began_at=row.began_at,
        last_seen_at=row.last_seen_at,
        proven_at=row.proven_at,
        way=row.way,
        second_factor=row.second_factor,
        address=row.address,
        browser=row.browser,
    )
