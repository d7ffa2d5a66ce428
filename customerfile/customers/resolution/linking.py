"""Writes links: which customer each record of a settled group belongs to from now on, and by which pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.resolution.assignment import Group
from customerfile.customers.resolution.components import Component
from customerfile.customers.resolution.verdicts import Verdict

type Settled = Mapping[CustomerId, Group]


@dataclass(frozen=True, slots=True)
class NewLink:
    """A record's link to a customer. `weight` and `matched` are those of the strongest pair that holds it there."""

    record: RecordId
    customer: CustomerId
    cause: str
    weight: float | None = None
    matched: RecordId | None = None


def write_links(cursor: Cursor, links: Sequence[NewLink], *, model_hash: str, at: datetime) -> None:
    """Add present links, stamped with the model that decided."""
    write_rows(
        cursor,
        "link",
        ("record_id", "customer_id", "weight", "matched_record_id", "cause", "model_hash", "valid_from"),
        [
            (link.record, link.customer, link.weight, link.matched, link.cause, model_hash, at)
            for link in links
        ],
    )


def end_links(cursor: Cursor, records: Sequence[RecordId], *, at: datetime) -> None:
    """End the present links of records; the ended links keep their period."""
    if records:
        cursor.execute(statement(__package__, "end_links"), {"ids": list(records), "at": at})


def links_to_write(settled: Settled, component: Component) -> list[NewLink]:
    """The links that differ from those that stand."""
    partners, told = component.partners(), component.told()
    return [
        _because_of(
            told.get(record, []),
            _link(record, customer, group, component, partners.get(record, [])),
            group,
            component,
        )
        for customer, group in settled.items()
        for record in sorted(group)
        if component.present.get(record) != customer
    ]


def _link(
    record: RecordId,
    customer: CustomerId,
    group: Group,
    component: Component,
    partners: Sequence[tuple[float, RecordId]],
) -> NewLink:
    inside = [(weight, other) for weight, other in partners if other in group]
    weight, other = max(inside, key=lambda found: (found[0], -found[1]), default=(None, None))
    if record in component.present:
        return NewLink(record, customer, "recomputed", weight, other)
    return NewLink(record, customer, "matched" if other else "first_seen", weight, other)


def _because_of(
    told: Sequence[tuple[Verdict, RecordId]], link: NewLink, group: Group, component: Component
) -> NewLink:
    """The link, by a person's word where that is why the record stands here: with whom, or not with whom it was."""
    left_behind = component.present.get(link.record)
    with_whom = [other for verdict, other in told if verdict is Verdict.MATCH and other in group]
    if with_whom:
        other = min(with_whom)
        weight, _ = component.edges.get((min(link.record, other), max(link.record, other)), (None, 0))
        return replace(link, cause="judged", weight=weight, matched=other)
    is_parted = any(
        verdict is Verdict.NOT_A_MATCH and component.present.get(other) == left_behind
        for verdict, other in told
    )
    return replace(link, cause="judged") if left_behind is not None and is_parted else link
