"""Merge customers into one, and split one: both write judgements, from which the outcome follows.

A split leaves "not a match" behind, so that the parts stay apart. A merge that is split again gives back what was.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from customerfile.audit.operations import record as write_down
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import told
from customerfile.customers.errors import ContradictingJudgements, NothingToMerge, NothingToSplit
from customerfile.customers.judging.judging import Outcome
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.queries import full_number, unknown_customer
from customerfile.customers.record_names import record_names
from customerfile.customers.resolution.components import Pair
from customerfile.customers.resolution.judgement_store import (
    Author,
    Standing,
    pair_of,
    set_aside,
    standing_among,
)
from customerfile.customers.resolution.verdicts import Verdict

type Records = frozenset[RecordId]


def merge_customers(numbers: Sequence[str], *, by: str, at: datetime, note: str = "") -> Outcome:
    """Make one customer of several, under the oldest number; the others lead to it from now on.

    Raises UnknownCustomer, NothingToMerge, ContradictingJudgements.
    """
    author = Author(by, at, note)

    def work(sitting: Sitting) -> Outcome:
        customers = take_up_customers(sitting, numbers)
        if len(customers) < 2:
            raise NothingToMerge(
                "These numbers lead to one customer already.", "Name numbers of different customers."
            )
        everybody = frozenset[RecordId]().union(*customers)
        act = sitting.begin("merge", author)
        _set_aside(sitting, act, _between(sitting, customers, Verdict.NOT_A_MATCH, author), author)
        is_one = _join(sitting, act, customers, author)
        if not is_one and sitting.people_needed == 1:
            raise _contradiction(sitting, everybody)
        sitting.settle()
        return Outcome(act, sitting.numbers(everybody), waits=not is_one)

    done = in_one_sitting(work, at=at)
    _write_down("customers.customer.merged", done, by=by, at=at)
    return done


def split_customer(
    number: str, records: Collection[RecordId], *, by: str, at: datetime, note: str = ""
) -> Outcome:
    """Let some records of a customer leave as one customer. Gives the number of those that stay, and of those.

    Raises UnknownCustomer, NothingToSplit, ContradictingJudgements.
    """
    author, chosen = Author(by, at, note), frozenset(records)

    def work(sitting: Sitting) -> Outcome:
        (members,) = take_up_customers(sitting, [number])
        _check_choice(number, chosen, members)
        parts = (members - chosen, chosen)
        act = sitting.begin("split", author)
        _set_aside(sitting, act, _holding(sitting, parts, author), author)
        is_apart = _part(sitting, act, parts, author)
        if not is_apart and sitting.people_needed == 1:
            raise _contradiction(sitting, members)
        sitting.settle()
        numbers = (*sitting.numbers(parts[0]), *sitting.numbers(parts[1]))
        return Outcome(act, numbers, waits=not sitting.counts(_across(parts), Verdict.NOT_A_MATCH))

    done = in_one_sitting(work, at=at)
    _write_down("customers.customer.split", done, by=by, at=at)
    return done


def take_up_customers(sitting: Sitting, numbers: Sequence[str]) -> list[Records]:
    """Hold the customers that numbers lead to, and give the records of each, the oldest customer first.

    Raises UnknownCustomer.
    """
    while True:
        customers = _customers(sitting, numbers)
        sitting.take_up(sitting.records_of(customers))
        if _customers(sitting, numbers) == customers:  # nobody moved them before they were held
            present = sitting.component.customers()
            return [present[customer] for customer in customers]


def _customers(sitting: Sitting, numbers: Sequence[str]) -> list[CustomerId]:
    wanted = [full_number(number) for number in numbers]
    found: dict[str, int] = dict(
        sitting.cursor.ask(statement(__package__, "active_customers"), (wanted,)).rows()
    )
    for number in wanted:
        if number not in found:
            raise unknown_customer(number)
    return sorted({CustomerId(found[number]) for number in wanted})


def _join(sitting: Sitting, act: int, customers: Sequence[Records], author: Author) -> bool:
    """Say that the oldest record matches the others' records; its own customer's too where they would not follow."""
    everybody = frozenset[RecordId]().union(*customers)
    oldest = min(everybody)
    own = next(records for records in customers if oldest in records)
    sitting.say(act, _star(oldest, everybody - own), Verdict.MATCH, author)
    if sitting.people_needed > 1 or not everybody <= sitting.group_of(oldest):
        sitting.say(act, _star(oldest, own), Verdict.MATCH, author)
    return everybody <= sitting.group_of(oldest)


def _part(sitting: Sitting, act: int, parts: tuple[Records, Records], author: Author) -> bool:
    """Say that the oldest record of each part matches none of the other; and hold a part together that would fall."""
    members = parts[0] | parts[1]
    sitting.say(act, _across(parts), Verdict.NOT_A_MATCH, author)
    for part in parts:
        if sitting.people_needed > 1 or sitting.group_of(min(part)) & members != part:
            sitting.say(act, _star(min(part), part), Verdict.MATCH, author)
    return all(sitting.group_of(min(part)) & members == part for part in parts)


def _across(parts: tuple[Records, Records]) -> list[Pair]:
    """The oldest record of each part with every record of the other."""
    return sorted({*_star(min(parts[0]), parts[1]), *_star(min(parts[1]), parts[0])})


def _star(oldest: RecordId, records: Iterable[RecordId]) -> list[Pair]:
    return [pair_of(oldest, record) for record in sorted(records) if record != oldest]


def _set_aside(sitting: Sitting, act: int, judgements: Sequence[Standing], author: Author) -> None:
    set_aside(sitting.cursor, act, [each.id for each in judgements], author)
    sitting.decide({each.pair for each in judgements})


def _between(sitting: Sitting, groups: Sequence[Records], verdict: Verdict, author: Author) -> list[Standing]:
    """The standing judgements of one kind from one group to another that this person may set aside.

    Where two people are needed, only their own: nobody overrules a colleague alone.
    """
    place = {record: number for number, records in enumerate(groups) for record in records}
    return [
        each
        for each in standing_among(sitting.cursor, place)
        if each.verdict is verdict
        and place[each.pair[0]] != place[each.pair[1]]
        and (sitting.people_needed == 1 or each.by == author.by)
    ]


def _holding(sitting: Sitting, parts: tuple[Records, Records], author: Author) -> list[Standing]:
    """What holds two parts together: matches from one to the other, and all of the merges that said so."""
    across = _between(sitting, parts, Verdict.MATCH, author)
    merges = {each.act for each in across if each.act_kind == "merge"}
    same_acts = [each for each in standing_among(sitting.cursor, parts[0] | parts[1]) if each.act in merges]
    return list({each.id: each for each in (*across, *same_acts)}.values())


def _check_choice(number: str, chosen: Records, members: Records) -> None:
    if not chosen:
        raise NothingToSplit("No record was chosen.", "Name the records that are to leave.")
    strangers = sorted(chosen - members)
    if strangers:
        name = record_names(strangers[:1]).get(strangers[0], str(strangers[0]))
        raise NothingToSplit(
            told(
                "The record {record} is not one of customer {number}.",
                record=name,
                number=full_number(number),
            ),
            told("See its records with: customerfile show {number}", number=full_number(number)),
        )
    if chosen == members:
        raise NothingToSplit(
            told("These are all records of customer {number}.", number=full_number(number)),
            "Leave at least one with it.",
        )


def _contradiction(sitting: Sitting, members: Records) -> ContradictingJudgements:
    around = standing_among(sitting.cursor, sitting.component.records)
    others = sorted({each.act for each in around if not members.issuperset(each.pair)})
    return ContradictingJudgements(
        told(
            "Judgements about other records stand against it: {numbers}.", numbers=", ".join(map(str, others))
        ),
        "Look at them with customerfile judgements, and withdraw those that are wrong.",
        acts=others,
    )


def _write_down(code: str, done: Outcome, *, by: str, at: datetime) -> None:
    write_down(
        by=by,
        at=at,
        code=code,
        subject=f"judgement_act:{done.act}",
        detail={"customers": list(done.customers), "waits": done.waits},
    )
