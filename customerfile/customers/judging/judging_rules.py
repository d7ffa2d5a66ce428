"""How people judge in this file: how many have to say the same, and from how many records on a customer is suspicious.

A change holds for what was said before too: what it touches is divided anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import batched

from customerfile.audit.changes import changed
from customerfile.audit.operations import record as write_down
from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.errors import RulesNotPossible
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.models import JudgingRules
from customerfile.customers.resolution.components import Pair
from customerfile.customers.resolution.review_value import LARGE

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rules:
    """`people_needed` is 1 or 2; a customer with more records than `most_records` is shown for review."""

    people_needed: int
    most_records: int


def judging_rules() -> Rules:
    """The rules in force."""
    found = JudgingRules.objects.get()
    return Rules(found.people_needed, found.most_records)


def change_judging_rules(
    *, people_needed: int | None = None, most_records: int | None = None, by: str, at: datetime
) -> Rules:
    """Change the rules, and all that follows from them. Raises RulesNotPossible."""
    before = judging_rules()
    wanted = replace(
        before,
        people_needed=people_needed or before.people_needed,
        most_records=before.most_records if most_records is None else most_records,
    )
    _check(wanted)

    def work(sitting: Sitting) -> None:
        JudgingRules.objects.update(people_needed=wanted.people_needed, most_records=wanted.most_records)
        sitting.people_needed = wanted.people_needed
        if wanted.people_needed != before.people_needed:
            _decide_anew(sitting)
        if wanted.most_records != before.most_records:
            _look_at_sizes(sitting, wanted.most_records)

    if wanted != before:
        in_one_sitting(work, at=at)
        write_down(
            by=by,
            at=at,
            code="customers.judging_rules.changed",
            subject="judging_rules",
            detail=changed(asdict(before), asdict(wanted)),
        )
    return wanted


def _check(rules: Rules) -> None:
    if rules.people_needed not in (1, 2):
        raise RulesNotPossible("One person decides, or two people do.", "Give 1 or 2.")
    if rules.most_records < LARGE:
        raise RulesNotPossible(
            told("Customers of fewer than {least} records are nothing unusual.", least=LARGE),
            told("Give {least} or more.", least=LARGE),
        )


def _decide_anew(sitting: Sitting) -> None:
    asked = sitting.cursor.ask("SELECT DISTINCT left_id, right_id FROM judgement WHERE withdrawn_at IS NULL")
    pairs: list[Pair] = [(left, right) for left, right in asked.rows()]
    for some in batched(pairs, _AT_ONCE):
        sitting.take_up({record for pair in some for record in pair})
        sitting.decide(some)
        sitting.settle()


def _look_at_sizes(sitting: Sitting, most_records: int) -> None:
    sitting.cursor.execute("DELETE FROM review_item WHERE kind = 'size'")
    asked = sitting.cursor.ask(
        "SELECT record_id FROM link JOIN customer ON customer.id = link.customer_id"
        " WHERE valid_to IS NULL AND record_count > %s AND state = 'active'",
        (most_records,),
    )
    for some in _parts(RecordId(row[0]) for row in asked.rows()):
        sitting.take_up(some)
        sitting.settle()


def _parts(records: Iterable[RecordId]) -> Iterator[tuple[RecordId, ...]]:
    return batched(records, _AT_ONCE)
