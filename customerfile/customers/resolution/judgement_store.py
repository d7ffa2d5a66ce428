"""Writes judgements and what they come to. One person's act at a time: acts wait for one another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from customerfile.base.bulk import Answer, Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.resolution.components import Pair
from customerfile.customers.resolution.verdicts import Said, Verdict, verdict_of

_JUDGING = 0x43_46_4A  # any fixed number of our own


class Author(NamedTuple):
    """Who says something, when, and what they note about it."""

    by: str
    at: datetime
    note: str = ""


class Standing(NamedTuple):
    """A judgement that stands."""

    id: int
    pair: Pair
    verdict: Verdict
    by: str
    act: int
    act_kind: str


def pair_of(one: RecordId, other: RecordId) -> Pair:
    """The pair of two records, the older one first."""
    return (one, other) if one < other else (other, one)


def wait_for_judges(cursor: Cursor) -> int:
    """Wait until nobody else judges, for the rest of the transaction. Gives how many people a verdict needs."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_JUDGING,))
    rows = cursor.ask("SELECT people_needed FROM judging_rules").rows()
    return int(rows[0][0]) if rows else 1


def begin_act(cursor: Cursor, kind: str, author: Author) -> int:
    """Open an act; its judgements follow."""
    asked = cursor.ask(
        "INSERT INTO judgement_act (kind, by, at, note) VALUES (%s, %s, %s, %s) RETURNING id",
        (kind, author.by, author.at, author.note),
    )
    return int(asked.rows()[0][0])


def say(cursor: Cursor, act: int, pairs: Collection[Pair], verdict: Verdict, author: Author) -> None:
    """Write the same word on some pairs. What its author said of them before is set aside."""
    if pairs:
        said = _columns(pairs) | {"act": act, "by": author.by, "at": author.at}
        cursor.execute(statement(__package__, "replace_own_judgements"), said)
        cursor.execute(statement(__package__, "add_judgements"), said | {"verdict": verdict.value})


def set_aside(cursor: Cursor, act: int, judgements: Sequence[int], author: Author) -> None:
    """Withdraw judgements because of an act; they stand again when it is taken back."""
    if judgements:
        cursor.execute(
            statement(__package__, "set_aside_judgements"),
            {"ids": list(judgements), "act": act, "by": author.by, "at": author.at},
        )


def standing_among(cursor: Cursor, records: Iterable[RecordId]) -> list[Standing]:
    """The judgements that stand between any two of these records."""
    found = cursor.ask(statement(__package__, "judgements_among"), {"records": list(records)})
    return [
        Standing(id_, (left, right), Verdict(verdict), by, act, kind)
        for id_, left, right, verdict, by, act, kind in found.rows()
    ]


def take_act_back(cursor: Cursor, act: int, author: Author) -> set[Pair]:
    """Withdraw an act; what it had set aside stands again. Gives the pairs about which something changed."""
    named = {"act": act, "by": author.by, "at": author.at}
    gone = cursor.ask(statement(__package__, "withdraw_act"), named)
    back = cursor.ask(statement(__package__, "reinstate_judgements"), named)
    return {(left, right) for left, right in (*gone.rows(), *back.rows())}


def decide(cursor: Cursor, pairs: Collection[Pair], *, people_needed: int) -> dict[Pair, Verdict | None]:
    """Work out and write the verdicts of pairs after something was said of them."""
    if not pairs:
        return {}
    said: dict[Pair, list[Said]] = {pair: [] for pair in pairs}
    for left, right, at, id_, by, verdict in cursor.ask(
        statement(__package__, "standing_judgements"), _columns(pairs)
    ).rows():
        said[(left, right)].append(Said(at, id_, by, Verdict(verdict)))
    verdicts = {pair: verdict_of(words, people_needed=people_needed) for pair, words in said.items()}
    told = [verdict.value if verdict else "" for verdict in verdicts.values()]
    cursor.execute(statement(__package__, "replace_verdicts"), _columns(verdicts) | {"verdicts": told})
    return verdicts


def drop_judgements(cursor: Cursor, records: Sequence[RecordId]) -> Answer:
    """Remove what was said of records that leave the file; the answer is how many judgements stood."""
    return cursor.ask(statement(__package__, "drop_judgements"), {"ids": list(records)})


def _columns(pairs: Iterable[Pair]) -> dict[str, Any]:
    listed = list(pairs)
    return {"lefts": [left for left, _ in listed], "rights": [right for _, right in listed]}


def overlaid(judged: Mapping[Pair, Verdict], changed: Mapping[Pair, Verdict | None]) -> dict[Pair, Verdict]:
    """Verdicts after a change."""
    both = {**judged, **changed}
    return {pair: verdict for pair, verdict in both.items() if verdict is not None}
