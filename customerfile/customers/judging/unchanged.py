"""Whether customers still are what somebody saw who decides on them: two people may work on the same ones at once.

What is shown before a decision carries a mark; the decision is refused where the customers do not bear it any more.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from hashlib import blake2b

import orjson
from django.db import transaction

from customerfile.access.sight import WHOLE
from customerfile.base.told import noted_text, told
from customerfile.customers.errors import ChangedMeanwhile
from customerfile.customers.judging.judgement_list import Act, judgement_acts
from customerfile.customers.judging.merging import take_up_customers
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.queries import customer_file, full_number
from customerfile.customers.resolution.judgement_store import standing_among

_DID = {
    "judge": noted_text("{name} judged a pair of its records"),
    "merge": noted_text("{name} merged customers"),
    "split": noted_text("{name} split a customer"),
}
_TOOK_BACK = {
    "judge": noted_text("{name} took a judgement back"),
    "merge": noted_text("{name} took a merge back"),
    "split": noted_text("{name} took a split back"),
}


def mark(numbers: Sequence[str], *, at: datetime) -> str:
    """The customers that numbers lead to, as they are now: their records, what these say, and what people said of them.

    They are held until the caller's transaction ends. Raises UnknownCustomer.
    """
    return f"{at.isoformat()} {_digest(numbers, at)}"


def if_unchanged[T](work: Callable[[], T], *, numbers: Sequence[str], marked: str, at: datetime) -> T:
    """Do something with customers in one transaction, provided that they still bear the mark.

    Raises ChangedMeanwhile, UnknownCustomer, and what the work raises.
    """

    since, digest = _read(marked)
    with transaction.atomic():
        if _digest(numbers, at) != digest:
            raise _changed(numbers, since)
        return work()


def _digest(numbers: Sequence[str], at: datetime) -> str:
    def work(sitting: Sitting) -> str:
        customers = take_up_customers(sitting, numbers)
        said = [each.id for each in standing_among(sitting.cursor, frozenset().union(*customers))]
        seen = [[_records(sitting, customer) for customer in customers], said]
        return blake2b(orjson.dumps(seen), digest_size=16).hexdigest()

    return in_one_sitting(work, at=at)


def _records(sitting: Sitting, records: frozenset[int]) -> list[object]:
    linked = (each for record, each in sorted(sitting.component.linked.items()) if record in records)
    return [(sitting.component.present[each.record_id], *each) for each in linked]


def _read(marked: str) -> tuple[datetime | None, str]:
    moment, _, digest = marked.partition(" ")
    try:
        return datetime.fromisoformat(moment), digest
    except ValueError:
        return None, ""


def _changed(numbers: Sequence[str], since: datetime | None) -> ChangedMeanwhile:
    happened = list(dict.fromkeys(what for number in numbers for what in _happened(number, since)))
    return ChangedMeanwhile(
        told(
            "Nothing was done, for {numbers} changed since you looked: {what}.",
            numbers=reduce(_and, (full_number(number) for number in numbers)),
            what="; ".join(happened) or told("a delivery brought other records or values"),
        ),
        "Look again before you decide.",
    )


def _and(one: str, other: str) -> str:
    return told("{one} and {other}", one=one, other=other)


def _happened(number: str, since: datetime | None) -> Iterator[str]:
    present = customer_file(number, sight=WHOLE).summary.number
    if present != full_number(number):
        yield told("{former} leads to {number} now", former=full_number(number), number=present)
    for act in judgement_acts(number, include_withdrawn=True):
        yield from _done(act, since)


def _done(act: Act, since: datetime | None) -> Iterator[str]:
    """What an act did after a moment."""
    if since is None:
        return
    if act.withdrawn_at and act.withdrawn_at >= since:
        yield told(_TOOK_BACK[act.kind], name=act.withdrawn_by)
    elif act.at >= since:
        yield told(_DID[act.kind], name=act.by)
