"""What a merge or a split would come to: it is done as it would be, looked at, and rolled back. Nothing stays.

So what is shown before a decision is made by the very operation that is decided on.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from customerfile.access.sight import WHOLE
from customerfile.base.ids import RecordId
from customerfile.customers.errors import ContradictingJudgements
from customerfile.customers.judging.judgement_list import Act, Word, acts_numbered, acts_on
from customerfile.customers.judging.judging import Outcome
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.judging.unchanged import mark
from customerfile.customers.queries import CustomerFile, customer_file
from customerfile.customers.resolution.verdicts import Verdict

_A_COLLEAGUE = "a second person"  # says the same in the rehearsal, where two people are needed
_ALL = 10_000

type Sides = dict[RecordId, int]  # on which side of a merge or split each record stands


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would come of it. `before`: the customers asked for, in that order. `after`: none where it is opposed.

    `waits`: it counts once a second person has said the same; `after` is what it comes to then. `set_aside` and
    `opposed_by` hold what was said to the contrary: the first would be overruled, the second has to be withdrawn before
    anything comes of it. `mark` is for if_unchanged.
    """

    before: tuple[CustomerFile, ...]
    after: tuple[CustomerFile, ...]
    waits: bool
    set_aside: tuple[Act, ...]
    opposed_by: tuple[Act, ...]
    mark: str


def foresee_merge(numbers: Sequence[str], *, by: str, at: datetime) -> Foreseen:
    """What merging these customers would come to. Raises UnknownCustomer, NothingToMerge."""

    def sides(before: Sequence[CustomerFile]) -> Sides:
        return {record.record_id: side for side, file in enumerate(before) for record in file.records}

    return _rehearsed(
        lambda who: merge_customers(numbers, by=who, at=at), sides, numbers=numbers, by=by, at=at
    )


def foresee_split(number: str, records: Collection[RecordId], *, by: str, at: datetime) -> Foreseen:
    """What letting these records leave would come to: who stays, who leaves. Raises UnknownCustomer, NothingToSplit."""

    def sides(before: Sequence[CustomerFile]) -> Sides:
        return {record.record_id: record.record_id in records for file in before for record in file.records}

    return _rehearsed(
        lambda who: split_customer(number, records, by=who, at=at), sides, numbers=[number], by=by, at=at
    )


@transaction.atomic
def _rehearsed(
    act: Callable[[str], Outcome],
    sides: Callable[[Sequence[CustomerFile]], Sides],
    *,
    numbers: Sequence[str],
    by: str,
    at: datetime,
) -> Foreseen:
    marked = mark(numbers, at=at)
    before = tuple(map(_whole_file, numbers))
    said = acts_on([file.summary.id for file in before], limit=_ALL)
    against = Verdict.NOT_A_MATCH if len(numbers) > 1 else Verdict.MATCH
    contrary = _contrary(said, sides(before), against)
    try:
        done = act(by)
        gone, left = _overruled(contrary)
        final = act(_A_COLLEAGUE) if done.waits else done
        after = () if final.waits else tuple(map(_whole_file, final.customers))
        return Foreseen(before, after, done.waits, gone, () if after else left, marked)
    except ContradictingJudgements as problem:
        return Foreseen(before, (), False, (), acts_numbered(problem.acts), marked)
    finally:
        transaction.set_rollback(True)


def _contrary(said: Iterable[Act], side: Sides, against: Verdict) -> list[Act]:
    """The acts with those of their words that are said to the contrary, across the sides."""
    return _with_words(
        (act, [word for word in act.words if word.verdict == against and _is_across(word, side)])
        for act in said
    )


def _is_across(word: Word, side: Sides) -> bool:
    """Whether a word stands, and is about a record of one side and a record of another."""
    is_inside = word.left_id in side and word.right_id in side
    return word.stands and is_inside and side[word.left_id] != side[word.right_id]


def _overruled(contrary: Sequence[Act]) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
    """Of what was said to the contrary, what does not stand any more, and what does."""
    now = {act.id: act.words for act in acts_numbered([act.id for act in contrary])}
    standing = {
        (id_, word.left_id, word.right_id) for id_, words in now.items() for word in words if word.stands
    }

    def those(*, stand: bool) -> tuple[Act, ...]:
        return tuple(
            _with_words(
                (act, [w for w in act.words if ((act.id, w.left_id, w.right_id) in standing) is stand])
                for act in contrary
            )
        )

    return those(stand=False), those(stand=True)


def _with_words(acts: Iterable[tuple[Act, Sequence[Word]]]) -> list[Act]:
    return [replace(act, words=tuple(words)) for act, words in acts if words]


def _whole_file(number: str) -> CustomerFile:
    return customer_file(number, sight=WHOLE)
