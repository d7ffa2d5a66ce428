"""People's words on pairs of records: judge a pair, take an act back, and how many people a verdict needs.

Each act is one transaction: judgements are written, and what they touch is divided anew with them in force.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from customerfile.access.permissions import Permission
from customerfile.access.queries import not_allowed
from customerfile.audit.changes import Value, changed
from customerfile.audit.operations import record as write_down
from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.errors import NothingToJudge, NothingToWithdraw
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.resolution.components import Pair
from customerfile.customers.resolution.judgement_store import Author, pair_of, take_act_back
from customerfile.customers.resolution.review_queue import release_review
from customerfile.customers.resolution.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to. `customers` are the numbers concerned, as they are now, the oldest first.

    `waits`: it does not count yet, for a second person has to say the same, or somebody's judgement stands against it.
    """

    act: int
    customers: tuple[str, ...]
    waits: bool = False


def judge_pair(
    left: RecordId, right: RecordId, *, verdict: Verdict, by: str, at: datetime, note: str = ""
) -> Outcome:
    """Say whether two records are about one customer. Raises NothingToJudge for one record twice, UnknownRecord."""
    if left == right:
        raise NothingToJudge("These are one and the same record.", "Name two different records.")
    pair, author = pair_of(left, right), Author(by, at, note)

    def work(sitting: Sitting) -> tuple[Outcome, dict[str, Value]]:
        sitting.take_up(pair)
        before = _in_force(sitting, [pair])
        act = sitting.begin("judge", author)
        sitting.say(act, [pair], verdict, author)
        sitting.settle()
        release_review(sitting.cursor, pair, is_unsure=verdict is Verdict.UNSURE)
        counts = verdict is Verdict.UNSURE or sitting.counts([pair], verdict)
        outcome = Outcome(act, sitting.numbers(pair), waits=not counts)
        return outcome, changed(before, _in_force(sitting, [pair]))

    done, changes = in_one_sitting(work, at=at)
    write_down(
        by=by,
        at=at,
        code="customers.pair.judged",
        subject=f"judgement_act:{done.act}",
        detail={"verdict": verdict.value, "records": list(pair), **changes},
    )
    return done


def withdraw_act(act: int, *, may: Collection[Permission], by: str, at: datetime) -> Outcome:
    """Take back all that was said in one act; what it had set aside stands again.

    Raises NothingToWithdraw; NotAllowed where a merge or split is to be taken back by who `may` not merge.
    """

    def work(sitting: Sitting) -> tuple[Outcome, dict[str, Value]]:
        kind = _kind_that_stands(sitting, act)
        if kind != "judge" and Permission.MERGE_CUSTOMERS not in may:
            raise not_allowed(by, Permission.MERGE_CUSTOMERS)
        pairs = take_act_back(sitting.cursor, act, Author(by, at))
        records = sorted({record for pair in pairs for record in pair})
        sitting.take_up(records)
        before = _in_force(sitting, pairs)
        sitting.decide(pairs)
        sitting.settle()
        return Outcome(act, sitting.numbers(records)), changed(before, _in_force(sitting, pairs))

    done, changes = in_one_sitting(work, at=at)
    subject = f"judgement_act:{done.act}"
    write_down(by=by, at=at, code="customers.judgement.withdrawn", subject=subject, detail=changes)
    return done


def _in_force(sitting: Sitting, pairs: Collection[Pair]) -> dict[str, Value]:
    """What the judgements of these pairs come to, as the ledger keeps it; nothing where none decides."""
    verdicts = {sitting.component.judged[pair].value for pair in pairs if pair in sitting.component.judged}
    return {"verdict_in_force": ", ".join(sorted(verdicts))} if verdicts else {}


def _kind_that_stands(sitting: Sitting, act: int) -> str:
    found = sitting.cursor.ask("SELECT withdrawn_by, kind FROM judgement_act WHERE id = %s", (act,)).rows()
    if not found:
        raise NothingToWithdraw(
            told("There is no judgement {number}.", number=act),
            "List those that stand with: customerfile judgements",
        )
    if found[0][0] is not None:
        raise NothingToWithdraw(
            told("Judgement {number} was withdrawn already, by {name}.", number=act, name=found[0][0])
        )
    return str(found[0][1])
