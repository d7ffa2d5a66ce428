"""A whole customer file on the terminal: golden values with their origin, records, last events, totals."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.text import Text

from customerfile.cli.layout import cells, table
from customerfile.customers.queries import CustomerFile, GoldenValue
from customerfile.holdings.queries import Holding, Holdings
from customerfile.timeline.queries import EventPage, TimelineEvent, Totals


def print_customer(
    console: Console, file: CustomerFile, events: EventPage, totals: Totals, held: Holdings
) -> None:
    """Print everything, section by section; empty sections are left out."""
    for section in _sections(file, events, totals, held):
        console.print(section)
        console.print()


def _sections(
    file: CustomerFile, events: EventPage, totals: Totals, held: Holdings
) -> Iterator[RenderableType]:
    yield _heading(file)
    yield _golden(file)
    if file.corrections:
        yield _corrections(file)
    if file.contact_points:
        yield _contact_points(file)
    if file.identifiers:
        yield _identifiers(file)
    yield _records(file)
    if held.holdings:
        yield _holdings(held)
    if totals.amounts or totals.order_count or totals.return_count:
        yield _totals(totals)
    if events.events:
        yield _events(events)


def _heading(file: CustomerFile) -> Group:
    summary = file.summary
    lines = [
        Text(f"{summary.display_name}", style="bold"),
        Text(f"Customer {summary.number}, {summary.kind}"),
    ]
    if file.asked_number != summary.number:
        lines.append(Text(f"{file.asked_number} was merged into {summary.number}."))
    if file.aliases:
        lines.append(Text(f"Also known as {', '.join(file.aliases)}."))
    if file.on:
        lines.append(Text(f"As the file stood on {_moment(file.on)}."))
    elif file.history:
        lines.append(Text(f"Changed {len(file.history)} times, last on {_moment(file.since)}; see --on."))
    return Group(*lines)


def _golden(file: CustomerFile) -> RenderableType:
    made = table("field", "value", "from", "rule", "since", title="Golden record")
    for field in file.fields:
        for position, value in enumerate(field.values):
            shown = f"{value.shown} ({value.use})" if value.use else value.shown
            made.add_row(
                *cells(
                    field.label if position == 0 else "",
                    shown,
                    _origin(value),
                    _words(value.rule),
                    _day(value.since),
                )
            )
    return made


def _corrections(file: CustomerFile) -> RenderableType:
    made = table("field", "corrected to", "was", "by", "on", "note", title="Corrected by people")
    for each in file.corrections:
        shown, was = ", ".join(each.shown) or "(wrong)", ", ".join(each.was)
        made.add_row(*cells(each.label, shown, was, each.by, _day(each.at), each.note))
    return made


def _contact_points(file: CustomerFile) -> RenderableType:
    made = table("channel", "address", "status", "confirmed", title="Contact points")
    for point in file.contact_points:
        made.add_row(*cells(point.channel, point.value, point.status, _day(point.confirmed_at)))
    return made


def _identifiers(file: CustomerFile) -> RenderableType:
    made = table("identifier", "scheme", "number", title="Identifiers")
    for found in file.identifiers:
        made.add_row(*cells(found.label, found.scheme, found.shown))
    return made


def _records(file: CustomerFile) -> RenderableType:
    headings = ("source", "key", "as of", "linked", "why", "weight")
    made = table(*headings, right=("weight",), title=f"Records ({len(file.records)})")
    for record in file.records:
        why = _words(record.cause) + (f" with {record.matched_with}" if record.matched_with else "")
        weight = "" if record.weight is None else f"{record.weight:.1f}"
        made.add_row(
            *cells(record.source_key, record.key, _day(record.as_of), _day(record.linked_since), why, weight)
        )
    return made


def _holdings(held: Holdings) -> RenderableType:
    sums = "; ".join(
        f"{total.currency}: value {total.value:,.2f}, exposure {total.exposure:,.2f},"
        f" guaranteed {total.guaranteed:,.2f}"
        for total in held.totals
    )
    headings = ("kind", "key", "role", "state", "comes to", "with")
    made = table(*headings, right=("comes to",), title=f"Holdings{f' ({sums})' if sums else ''}")
    for each in held.holdings:
        with_whom = (f"{fellow.display_name or '?'} ({fellow.role})" for fellow in each.fellows)
        made.add_row(
            *cells(
                each.label,
                each.key,
                ", ".join(sorted({role.role for role in each.roles})),
                each.status if each.arrived else "not delivered yet",
                _comes_to(each),
                ", ".join(with_whom),
            )
        )
    return made


def _comes_to(each: Holding) -> str:
    if each.balance is None and each.amount is None:
        return ""
    return f"{each.counted:,.2f} {each.currency}".removesuffix(" XXX")


def _totals(totals: Totals) -> RenderableType:
    made = table(
        "currency",
        "purchases",
        "returns",
        "net",
        right=("purchases", "returns", "net"),
        title=_counts(totals),
    )
    for currency, purchases, returns in totals.amounts:
        made.add_row(
            *cells(currency, *(f"{amount:,.2f}" for amount in (purchases, returns, purchases - returns)))
        )
    return made


def _counts(totals: Totals) -> str:
    span = f", {_day(totals.first_at)} to {_day(totals.last_at)}" if totals.first_at else ""
    return f"Purchases ({totals.order_count:,}) and returns ({totals.return_count:,}){span}"


def _events(events: EventPage) -> RenderableType:
    made = table("when", "event", "about", "amount", "source", right=("amount",), title="Last events")
    for event in events.events:
        made.add_row(
            *cells(_moment(event.occurred_at), event.label, event.summary, _amount(event), event.source_key)
        )
    return made


def _amount(event: TimelineEvent) -> str:
    if event.amount is None:
        return ""
    return f"{event.amount:,.2f} {event.currency}".removesuffix(" XXX")


def _origin(value: GoldenValue) -> str:
    return f"{value.origin_source} {value.origin_key}".strip()


def _words(code: str) -> str:
    return code.replace("_", " ")


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
