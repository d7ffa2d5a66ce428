"""Why two records are one customer or not, and what holds a customer together: read, put into words, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import told
from customerfile.customers.errors import UnknownRecord
from customerfile.customers.queries import CustomerFile
from customerfile.customers.record_names import record_names
from customerfile.customers.resolution.reasons import stored_levels
from customerfile.matching.explanation import Hold, Outcome, PairReasons, Tie, holds, pair_reasons, path
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_pairs

_BY_A_PERSON = 1000.0  # stronger than any match weight


@dataclass(frozen=True, slots=True)
class ExplainedRecord:
    """A record by its names, and the customer it stands under."""

    record_id: RecordId
    source: str
    key: str
    customer: str  # its number
    customer_id: CustomerId

    def __str__(self) -> str:
        return f"{self.source}/{self.key}"


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """A pair in words. `sentence` says what came of it and why; `found` what the model says by itself."""

    one: ExplainedRecord
    other: ExplainedRecord
    sentence: str
    found: PairReasons
    way: tuple[str, ...]  # records between the two, where only others join them


@dataclass(frozen=True, slots=True)
class ExplainedHold:
    """A pair that a customer needs to be one. `alone`: nothing else joins its two sides."""

    one: str
    other: str
    weight: float | None  # None where a person joined them
    alone: bool
    reasons: tuple[str, ...]


class _Ties(NamedTuple):
    """What joins the records of one customer."""

    ties: list[Tie]
    levels: Mapping[tuple[int, int], bytes | None]
    judged: frozenset[tuple[int, int]]


def explain_pair(one: RecordId, other: RecordId, *, model: MatchModel) -> PairExplanation:
    """Why two records stand under one customer, or not. Raises UnknownRecord."""
    rows = _rows("explained_pair", {"left": min(one, other), "right": max(one, other)})
    if len(rows) < 2:
        raise UnknownRecord(
            "One of the two records is not in the file, or it is the same record twice.",
            "Name two records that are there.",
        )
    left, right = (ExplainedRecord(row[0], row[1], row[2], row[5], row[4]) for row in rows)
    stored, scored_by, verdict = rows[0][6:9]
    if stored is not None and scored_by == model.hash:
        levels = stored_levels(stored)
    else:
        prepared = [Prepared.from_json(row[3]) for row in rows]
        levels = score_pairs(model, prepared[:1], prepared[1:]).level[0].tolist()
    found = pair_reasons(model, levels)
    way = _way(left, right, model) if left.customer_id == right.customer_id else []
    return PairExplanation(
        left, right, _sentence(found, (left, right), verdict, way, model), found, tuple(way)
    )


def explain_customer(file: CustomerFile, *, model: MatchModel) -> list[ExplainedHold]:
    """The pairs that hold a customer's records together, the weakest first."""
    names = {record.record_id: f"{record.source_key}/{record.key}" for record in file.records}
    between = _ties(file.summary.id, model)
    return [_explained(hold, names, between, model) for hold in holds(names, between.ties)]


def _explained(hold: Hold, names: Mapping[RecordId, str], between: _Ties, model: MatchModel) -> ExplainedHold:
    tie = hold.tie
    pair = (tie.left, tie.right)
    levels = between.levels.get(pair)
    reasons = pair_reasons(model, stored_levels(levels)).reasons if levels is not None else ()
    return ExplainedHold(
        names[RecordId(tie.left)],
        names[RecordId(tie.right)],
        None if pair in between.judged else tie.weight,
        hold.alone,
        tuple(reason.words for reason in reasons if reason.weight > 0),
    )


def _ties(customer: CustomerId, model: MatchModel) -> _Ties:
    rows = _rows("explained_ties", {"customer": customer, "link": model.thresholds.link})
    apart = {(row[0], row[1]) for row in rows if row[5] == "not_a_match"}
    judged = {(row[0], row[1]) for row in rows if row[5] == "match"}
    scored = {(row[0], row[1]): row[2] for row in rows if row[2] is not None}
    ties = [Tie(*pair, _BY_A_PERSON) for pair in judged]
    ties += [Tie(*pair, weight) for pair, weight in scored.items() if pair not in judged | apart]
    levels = {(row[0], row[1]): row[3] if row[4] == model.hash else None for row in rows if row[3]}
    return _Ties(ties, levels, frozenset(judged))


def _way(one: ExplainedRecord, other: ExplainedRecord, model: MatchModel) -> list[str]:
    """The records that lead from one to the other, without the two themselves."""
    ties = _ties(one.customer_id, model).ties
    members = {record for tie in ties for record in (tie.left, tie.right)}
    members |= {one.record_id, other.record_id}
    steps = path(one.record_id, other.record_id, (hold.tie for hold in holds(members, ties)))
    here: int = one.record_id
    between: list[int] = []
    for tie in steps:
        here = tie.right if tie.left == here else tie.left
        between.append(here)
    return _names(between[:-1])


def _names(records: Sequence[int]) -> list[str]:
    known = record_names(records)
    return [known[record] for record in records if record in known]


def _sentence(
    found: PairReasons,
    both: tuple[ExplainedRecord, ExplainedRecord],
    verdict: str | None,
    way: Sequence[str],
    model: MatchModel,
) -> str:
    if both[0].customer_id == both[1].customer_id:
        return _together(found, verdict, way)
    if verdict == "not_a_match":
        return told("Two customers: a person said that they are not the same.")
    return _apart(found, model)


def _together(found: PairReasons, verdict: str | None, way: Iterable[str]) -> str:
    if verdict == "match":
        return told("One customer: a person said that they are the same.")
    if found.outcome is Outcome.LINK:
        return told("One customer: they link by themselves.")
    through = ", ".join(way)
    if not through:
        return told("One customer.")
    return told("One customer, though not by themselves: {records} joins them.", records=through)


def _apart(found: PairReasons, model: MatchModel) -> str:
    link = model.thresholds.link
    match found.outcome:
        case Outcome.VETO:
            why = f"{found.veto[0].lower()}{found.veto[1:]}"
            return told("Two customers, however alike: {why}", why=why)
        case Outcome.LINK:
            return told(
                "Two customers: they would link by themselves, but the records around them do not fit together."
            )
        case Outcome.REVIEW:
            return told(
                "Two customers until a person decides: {weight:.1f} speaks for one, {link:g} is needed.",
                weight=found.weight,
                link=link,
            )
        case _:
            return told(
                "Two customers: too little speaks for one ({weight:.1f}, {link:g} is needed).",
                weight=found.weight,
                link=link,
            )


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
