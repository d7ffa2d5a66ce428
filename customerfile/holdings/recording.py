"""Puts agreements and roles into the file: what a row says is laid over what is there, and what that replaced is kept.

The same rows again change nothing. Rows of one file that contradict one another are refused, each with what it says
otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from typing import Any, NamedTuple

import orjson

from customerfile.base.bulk import Cursor, next_ids, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.holdings.content import NOTHING, Content, contradicts, filled, laid_over
from customerfile.sources.staging import Arrival, known_records

type Place = tuple[str, str]  # kind and key, within a source


@dataclass(frozen=True, slots=True)
class StatedRole:
    """What a row says of who holds something. The holder is a key of the source's customers."""

    key: str
    holder_key: str
    role: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class StatedAgreement:
    """What a row says of an agreement, by the names of `Content`; None where it only says who holds it."""

    line: int
    kind: str
    key: str
    said: Mapping[str, Any] | None
    role: StatedRole | None = None

    @property
    def place(self) -> Place:
        return self.kind, self.key

    @property
    def marks(self) -> tuple[int, ...]:
        """By which later rows of the same file are held against this one."""
        role = () if self.role is None else (hash(("role", self.kind, self.role.key)),)
        return (hash(("agreement", *self.place)), *role)


class Fate(Enum):
    CREATED = auto()
    UPDATED = auto()
    UNCHANGED = auto()


class Contradiction(NamedTuple):
    """A row that says of something (a column, a term, "holder") what an earlier row of the file says otherwise."""

    row: StatedAgreement
    about: str


@dataclass(slots=True)
class RecordedAgreements:
    """Rows by what became of them, and how many of their holders have not arrived."""

    fates: list[Fate] = field(default_factory=list)
    refused: list[Contradiction] = field(default_factory=list)
    waiting: int = 0

    def count(self, fate: Fate) -> int:
        return self.fates.count(fate)


def record_agreements(
    cursor: Cursor, rows: Sequence[StatedAgreement], *, arrival: Arrival, earlier: Collection[int]
) -> RecordedAgreements:
    """Record rows in the caller's transaction. `earlier`: the marks of earlier rows of the same file."""
    agreements = _Agreements(_known_agreements(cursor, rows, arrival))
    roles = _Roles(_known_roles(cursor, rows, arrival))
    done = RecordedAgreements()
    seen = {mark for row in rows for mark in row.marks if mark in earlier}
    for row in rows:
        again = [mark in seen for mark in row.marks]
        about = agreements.contradicted(row, again=again[0]) or roles.contradicted(row, again=again[-1])
        if about:
            done.refused.append(Contradiction(row, about))
            continue
        done.fates.append(_fate(agreements.take(row, again=again[0]), roles.take(row)))
        seen.update(row.marks)
    _write_agreements(cursor, agreements, arrival)
    done.waiting = _write_roles(cursor, roles, arrival)
    return done


def _fate(one: Fate, other: Fate) -> Fate:
    return next(
        (fate for fate in (Fate.CREATED, Fate.UPDATED) if fate in (one, other)),
        Fate.UNCHANGED,
    )


class _Known[T](NamedTuple):
    """What is in the file under a place."""

    id: int
    content: T


class _Changes[T]:
    """What is known of some places, and what becomes of it row by row."""

    def __init__(self, known: Mapping[Place, _Known[T]]) -> None:
        self.known = known
        self.now = {place: each.content for place, each in known.items()}

    def put(self, place: Place, content: T) -> Fate:
        before = self.now.get(place)
        self.now[place] = content
        if before is None:
            return Fate.CREATED
        return Fate.UNCHANGED if before == content else Fate.UPDATED

    def created(self) -> list[tuple[Place, T]]:
        return [(place, content) for place, content in self.now.items() if place not in self.known]

    def changed(self) -> list[tuple[int, T]]:
        return [
            (self.known[place].id, content)
            for place, content in self.now.items()
            if place in self.known and self.known[place].content != content
        ]


class _Agreements(_Changes[Content]):
    def contradicted(self, row: StatedAgreement, *, again: bool) -> str:
        if row.said is None or not again:
            return ""
        return contradicts(self.now.get(row.place, NOTHING), row.said)

    def take(self, row: StatedAgreement, *, again: bool) -> Fate:
        if row.said is None:
            return Fate.UNCHANGED
        before = self.now.get(row.place, NOTHING)
        return self.put(row.place, laid_over(before, filled(row.said) if again else row.said))


class _Held(NamedTuple):
    """What is said of a role."""

    agreement_key: str
    holder_key: str
    role: str
    valid_from: date | None
    valid_to: date | None


class _Roles(_Changes[_Held]):
    def contradicted(self, row: StatedAgreement, *, again: bool) -> str:
        if row.role is None or not again:
            return ""
        return "holder" if self.now[row.kind, row.role.key] != _held(row, row.role) else ""

    def take(self, row: StatedAgreement) -> Fate:
        if row.role is None:
            return Fate.UNCHANGED
        return self.put((row.kind, row.role.key), _held(row, row.role))


def _held(row: StatedAgreement, role: StatedRole) -> _Held:
    return _Held(row.key, role.holder_key, role.role, role.valid_from, role.valid_to)


def _known_agreements(
    cursor: Cursor, rows: Sequence[StatedAgreement], arrival: Arrival
) -> dict[Place, _Known[Content]]:
    places = sorted({row.place for row in rows if row.said is not None})
    named = _named(places, arrival)
    found = cursor.ask(statement(__package__, "known_agreements"), named).rows() if places else []
    return {
        (kind, key): _Known(id_, replace(Content(*plain), terms=orjson.loads(terms)))
        for id_, kind, key, *plain, terms in found
    }


def _known_roles(
    cursor: Cursor, rows: Sequence[StatedAgreement], arrival: Arrival
) -> dict[Place, _Known[_Held]]:
    places = sorted({(row.kind, row.role.key) for row in rows if row.role})
    named = _named(places, arrival)
    found = cursor.ask(statement(__package__, "known_roles"), named).rows() if places else []
    return {(kind, key): _Known(id_, _Held(*held)) for id_, kind, key, *held in found}


def _named(places: Sequence[Place], arrival: Arrival) -> dict[str, Any]:
    return {
        "source": arrival.source_id,
        "kinds": [kind for kind, _ in places],
        "keys": [key for _, key in places],
    }


_CONTENT = (
    "number", "product", "status", "currency", "opened_on", "closed_on", "due_on", "amount", "balance", "balance_on",
    "under_kind", "under_key", "under_role",
)  # fmt: skip
_AGREEMENT = ("id", "source_id", "kind", "key", *_CONTENT, "terms", "version", "delivery_id")
_ROLE = (
    "id", "source_id", "kind", "key", "agreement_key", "holder_key", "record_id", "role", "valid_from", "valid_to",
    "version", "delivery_id",
)  # fmt: skip


def _write_agreements(cursor: Cursor, changes: _Agreements, arrival: Arrival) -> None:
    created, changed = changes.created(), changes.changed()
    ids = next_ids(cursor, "agreement_id_seq", len(created))
    rows = [
        (id_, arrival.source_id, *place, *_plain(content), 1, arrival.delivery_id)
        for id_, (place, content) in zip(ids, created, strict=True)
    ]
    write_rows(cursor, "agreement", _AGREEMENT, rows)
    if not changed:
        return
    named = {"ids": [id_ for id_, _ in changed], "delivery": arrival.delivery_id}
    cursor.execute(statement(__package__, "keep_agreement_versions"), named)
    said = [
        {"id": id_} | {name: getattr(content, name) for name in (*_CONTENT, "terms")}
        for id_, content in changed
    ]
    cursor.execute(statement(__package__, "update_agreements"), named | {"rows": _json(said)})


def _write_roles(cursor: Cursor, changes: _Roles, arrival: Arrival) -> int:
    """Write the roles; how many of those that are new or changed wait for their holder."""
    created, changed = changes.created(), changes.changed()
    holders = {held.holder_key for _, held in (*created, *changed)}
    if not holders:
        return 0
    records = known_records(cursor, sorted(holders), source_id=arrival.source_id)
    ids = next_ids(cursor, "agreement_role_id_seq", len(created))
    write_rows(
        cursor,
        "agreement_role",
        _ROLE,
        [_role_row(id_, *each, records, arrival) for id_, each in zip(ids, created, strict=True)],
    )
    if changed:
        named = {"ids": [id_ for id_, _ in changed], "delivery": arrival.delivery_id}
        cursor.execute(statement(__package__, "keep_role_versions"), named)
        said = [
            {"id": id_, "record_id": records.get(held.holder_key), **held._asdict()} for id_, held in changed
        ]
        cursor.execute(statement(__package__, "update_roles"), named | {"rows": _json(said)})
    return sum(held.holder_key not in records for _, held in (*created, *changed))


def _role_row(
    id_: int, place: Place, held: _Held, records: Mapping[str, RecordId], arrival: Arrival
) -> tuple[Any, ...]:
    agreement_key, holder_key, role, valid_from, valid_to = held
    return (
        id_, arrival.source_id, *place, agreement_key, holder_key, records.get(holder_key), role,
        _day(valid_from), _day(valid_to), 1, arrival.delivery_id,
    )  # fmt: skip


def _plain(content: Content) -> tuple[Any, ...]:
    written = replace(
        content,
        opened_on=_day(content.opened_on),
        closed_on=_day(content.closed_on),
        due_on=_day(content.due_on),
        balance_on=_day(content.balance_on),
    )
    return *(getattr(written, name) for name in _CONTENT), orjson.dumps(content.terms).decode()


def _day(day: date | None) -> Any:
    """As bulk writing takes it."""
    return None if day is None else day.isoformat()


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return orjson.dumps(rows, default=str).decode()
