"""Decides which customer number each group of records stands under. Pure.

Ids never change: where groups join, the oldest number survives; where one splits, the group with the record that has
been under the number longest keeps it; a group that once had a number of its own takes that up again; only then is a
new one made. So a merge that is taken back gives every record the number it had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from customerfile.base.ids import CustomerId, RecordId

type Group = frozenset[RecordId]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A group of records with the number it stands under (None: a new one) and the numbers it takes over."""

    records: Group
    customer: CustomerId | None
    absorbed: tuple[CustomerId, ...] = ()


def assign(
    groups: Sequence[Group],
    present: Mapping[RecordId, CustomerId],
    *,
    since: Mapping[RecordId, datetime],
    former: Mapping[RecordId, CustomerId],
) -> list[Assignment]:
    """One assignment per group, groups in the order of their oldest record. `since` is when the present links began."""
    ordered = sorted(groups, key=min)
    claims = _claims(ordered, present, since)
    _spare_for_the_rest(ordered, claims, present)
    taken = {customer for claimed in claims.values() for customer in claimed}
    return [_assignment(group, claims.get(group, []), former, taken) for group in ordered]


def _claims(
    groups: Sequence[Group], present: Mapping[RecordId, CustomerId], since: Mapping[RecordId, datetime]
) -> dict[Group, list[CustomerId]]:
    """Each present customer goes to the group with the record that has been there longest."""
    holder: dict[CustomerId, tuple[tuple[datetime, RecordId], Group]] = {}
    for group in groups:
        for record in group:
            customer = present.get(record)
            if customer is None:
                continue
            seniority = (since[record], record)
            if customer not in holder or seniority < holder[customer][0]:
                holder[customer] = (seniority, group)
    claims: dict[Group, list[CustomerId]] = {}
    for customer, (_, group) in sorted(holder.items()):
        claims.setdefault(group, []).append(customer)
    return claims


def _spare_for_the_rest(
    groups: Sequence[Group], claims: dict[Group, list[CustomerId]], present: Mapping[RecordId, CustomerId]
) -> None:
    """A group without a number keeps one of its records' numbers that would otherwise be taken over elsewhere."""
    holder = {customer: group for group, claimed in claims.items() for customer in claimed[1:]}
    for group in groups:
        spare = sorted({present[record] for record in group if record in present} & holder.keys())
        if group not in claims and spare:
            claims[holder.pop(spare[0])].remove(spare[0])
            claims[group] = [spare[0]]


def _assignment(
    group: Group, claimed: list[CustomerId], former: Mapping[RecordId, CustomerId], taken: set[CustomerId]
) -> Assignment:
    if claimed:
        return Assignment(group, claimed[0], tuple(claimed[1:]))
    for customer in sorted({former[record] for record in group if record in former}):
        if customer not in taken:
            taken.add(customer)
            return Assignment(group, customer)
    return Assignment(group, None)
