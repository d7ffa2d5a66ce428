"""Two lists of the same people, each person once in each: what is left over is paired off, as a person's word.

Where both lists are complete, a record's twin or father has a record of its own in the other list. So two records
that are one another's only candidates are one person, though their given names or birth dates differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, chain
from typing import Any

from django.db import connection

from customerfile.audit.operations import record as write_down
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.errors import NotOneToOne
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.record_names import record_names
from customerfile.customers.resolution.components import Pair
from customerfile.customers.resolution.judgement_store import Author
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.matching.model import MatchModel
from customerfile.sources.queries import SourceReport, sources

LEAD = 3.0  # the next candidate of either is at least eight times less likely
_AT_ONCE = 500
_NOTE = "each the only candidate for the other, in two lists of the same people"


@dataclass(frozen=True, slots=True)
class PairedOff:
    """`pairs` of names, as in "shop/17"; `acts` by which they are taken back, none in a dry run."""

    pairs: tuple[tuple[str, str], ...]
    acts: tuple[int, ...]
    waits: bool = False


def pair_off(one: str, other: str, *, by: str, at: datetime, dry_run: bool = False) -> PairedOff:
    """Say of all that is left over in two sources, and is unrivalled, that it is a match. Raises NotOneToOne."""
    found = _unrivalled(_candidates(one, other, current_model()))
    known = record_names({record for pair in found for record in pair})
    names = tuple((known[left], known[right]) for left, right in found)
    if dry_run or not found:
        return PairedOff(names, ())
    said = [_say(part, by=by, at=at) for part in batched(found, _AT_ONCE)]
    return PairedOff(names, tuple(act for act, _ in said), waits=any(waits for _, waits in said))


def _say(pairs: Sequence[Pair], *, by: str, at: datetime) -> tuple[int, bool]:
    """The act, and whether it waits for a second person."""
    author = Author(by, at, _NOTE)

    def work(sitting: Sitting) -> tuple[int, bool]:
        sitting.take_up(list(chain.from_iterable(pairs)))
        act = sitting.begin("judge", author)
        sitting.say(act, pairs, Verdict.MATCH, author)
        sitting.settle()
        return act, not sitting.counts(pairs, Verdict.MATCH)

    act, waits = in_one_sitting(work, at=at)
    write_down(
        by=by,
        at=at,
        code="customers.pairs.paired_off",
        subject=f"judgement_act:{act}",
        detail={"pairs": len(pairs), "waits": waits},
    )
    return act, waits


def _candidates(one: str, other: str, model: MatchModel) -> list[tuple[RecordId, RecordId, float]]:
    first, second = _lists(one, other)
    asked: dict[str, Any] = {
        "one": first.id,
        "other": second.id,
        "least": model.thresholds.review,
        "vetoes": [0, *_liftable(model)],
        "model": model.hash,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "one_to_one_candidates"), asked)
        rows: list[tuple[RecordId, RecordId, float, str]] = cursor.fetchall()
    if any(scored_by != model.hash for _, _, _, scored_by in rows):
        raise NotOneToOne(
            "Pairs of these lists were scored by an earlier match model.",
            "Score them anew first: customerfile match reconcile",
        )
    return [(left, right, weight) for left, right, weight, _ in rows]


def _lists(one: str, other: str) -> list[SourceReport]:
    known = {source.key: source for source in sources()}
    if one == other:
        raise NotOneToOne("A list cannot be paired off with itself.", "Name two different sources.")
    for key in (one, other):
        if key not in known:
            raise NotOneToOne(
                told("There is no source {source}.", source=key), "See them with: customerfile source list"
            )
        if not known[key].one_record_per_customer:
            raise NotOneToOne(
                told("{source} may hold a customer twice.", source=key),
                told(
                    "If it never does, say so: customerfile source set {source} --one-record-per-customer yes",
                    source=key,
                ),
            )
    return [known[one], known[other]]


def _liftable(model: MatchModel) -> list[int]:
    """Vetoes, by their number, on something that differs and might be a mistake; not those that no evidence lifts."""
    return [number for number, veto in enumerate(model.vetoes, start=1) if veto.when and veto.lifted_by]


def _unrivalled(candidates: Iterable[tuple[RecordId, RecordId, float]]) -> list[Pair]:
    """The pairs that are the best of both their records, by `LEAD`."""
    weights: dict[RecordId, list[float]] = {}
    listed = list(candidates)
    for left, right, weight in listed:
        for record in (left, right):
            weights.setdefault(record, []).append(weight)
    best = {record: sorted(found, reverse=True)[:2] for record, found in weights.items()}
    return [
        (left, right)
        for left, right, weight in listed
        if all(_leads(weight, best[record]) for record in (left, right))
    ]


def _leads(weight: float, best: Sequence[float]) -> bool:
    return weight == best[0] and (len(best) == 1 or weight >= best[1] + LEAD)
