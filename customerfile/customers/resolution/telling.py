"""Tells other systems what became of customers: numbers only, in the transaction that made it so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from customerfile.base.bulk import Cursor
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.golden.golden import LinkedRecord
from customerfile.customers.number import customer_number
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.outbox import put_in_outbox


def tell_added(cursor: Cursor, numbers: Sequence[str], *, at: datetime) -> None:
    """Customers that are new, by number."""
    put_in_outbox(cursor, MessageType.CREATED, [{"number": number} for number in numbers], at=at)


def tell_changed(cursor: Cursor, customers: Collection[CustomerId], *, at: datetime) -> None:
    """Customers that were written anew."""
    items = [{"number": customer_number(customer), "state": "active"} for customer in sorted(customers)]
    put_in_outbox(cursor, MessageType.CHANGED, items, at=at)


def tell_parted(
    cursor: Cursor,
    parted: Mapping[CustomerId, Sequence[LinkedRecord]],
    present: Mapping[RecordId, CustomerId],
    *,
    at: datetime,
) -> None:
    """Customers that hold records which stood under other numbers until now."""
    split_off: dict[CustomerId, list[str]] = {}
    for customer, records in sorted(parted.items()):
        for former in {present[each.record_id] for each in records if each.record_id in present} - {customer}:
            split_off.setdefault(former, []).append(customer_number(customer))
    items = [
        {"number": customer_number(former), "split_off": numbers}
        for former, numbers in sorted(split_off.items())
    ]
    put_in_outbox(cursor, MessageType.SPLIT, items, at=at)


def tell_closed(cursor: Cursor, closed: Mapping[CustomerId, CustomerId | None], *, at: datetime) -> None:
    """Numbers nobody stands under any more: merged into others, or withdrawn with their last record."""
    merged: dict[CustomerId, list[str]] = {}
    for customer, survivor in sorted(closed.items()):
        if survivor is not None:
            merged.setdefault(survivor, []).append(customer_number(customer))
    items = [{"number": customer_number(each), "merged": merged[each]} for each in sorted(merged)]
    put_in_outbox(cursor, MessageType.MERGED, items, at=at)
    gone = sorted(customer for customer, survivor in closed.items() if survivor is None)
    put_in_outbox(
        cursor,
        MessageType.CHANGED,
        [{"number": customer_number(customer), "state": "withdrawn"} for customer in gone],
        at=at,
    )
