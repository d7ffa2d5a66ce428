"""The vital statistics of a customer: those at the head of the page, and what purchases come to. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

from customerfile.customers.queries import CustomerFile
from customerfile.timeline.queries import Overview, Totals
from customerfile.web.words import counted, day_text, money_text

_REGULAR = 3  # orders that make a habit
_BIRTH_DATE = "%d %B %Y"  # as definition values of the type date are shown


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its label, and a line that says more."""

    label: str
    value: str
    note: str = ""


def vital_statistics(
    file: CustomerFile, overview: Overview, *, today: date, labels: Mapping[str, str], shows_events: bool
) -> tuple[Fact, ...]:
    """Age and since when; the last contact and what is next, for those who see what customers do."""
    about = (*_age(file, today), _since(file, overview.totals))
    if not shows_events:
        return about
    return (*about, _last_contact(overview, labels), *_next(overview, labels, today))


def purchase_facts(overview: Overview) -> tuple[Fact, ...]:
    """What was bought: how often, for how much together and each time, when first and last."""
    totals = overview.totals
    if not totals.order_count and not totals.return_count:
        return ()
    return (
        Fact("Orders", f"{totals.order_count:,}", _returns(totals.return_count)),
        *(_amount(*amount) for amount in totals.amounts),
        *(
            Fact("Average order", money_text(each.amount / each.count, each.currency))
            for each in overview.orders
        ),
        *_last_order(overview),
    )


def _age(file: CustomerFile, today: date) -> Iterator[Fact]:
    shown = golden_text(file, "birth_date")
    try:
        born = datetime.strptime(shown, _BIRTH_DATE).date()  # noqa: DTZ007 - a birth date has no time zone
    except ValueError:
        return
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    yield Fact("Age", str(years), f"born {shown}")


def _since(file: CustomerFile, totals: Totals) -> Fact:
    """What a source says, else the first purchase, else when the first record came in."""
    told = golden_text(file, "customer_since")
    if told:
        return Fact("Customer since", told)
    if totals.first_at:
        return Fact("Customer since", _day(totals.first_at), "first purchase")
    return Fact("In the file since", _day(min((r.linked_since for r in file.records), default=file.since)))


def _last_contact(overview: Overview, labels: Mapping[str, str]) -> Fact:
    latest = overview.latest
    if latest is None:
        return Fact("Last contact", "None yet")
    return Fact("Last contact", _day(latest.at), labels.get(latest.name, latest.name))


def _next(overview: Overview, labels: Mapping[str, str], today: date) -> Iterator[Fact]:
    """What is to come; else how often there is an order, and how long ago the last one was."""
    coming, first, last = overview.coming, overview.first_order_at, overview.last_order_at
    count = overview.totals.order_count
    if coming is not None:
        yield Fact("Coming up", _day(coming.at), labels.get(coming.name, coming.name))
    elif first and last and count >= _REGULAR and last > first:
        gap = round((last - first).days / (count - 1))
        ago = (today - localtime(last).date()).days
        yield Fact(
            "Usually orders", f"every {counted(gap, 'day')}" if gap > 1 else "daily", f"last {_ago(ago)}"
        )


def _last_order(overview: Overview) -> Iterator[Fact]:
    first, last = overview.first_order_at, overview.last_order_at
    if first and last:
        yield Fact("Last order", _day(last), f"first {_day(first)}" if _day(first) != _day(last) else "")


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def _returns(count: int) -> str:
    return f"{count:,} return{'' if count == 1 else 's'}" if count else ""


def _amount(currency: str, purchases: Decimal, returns: Decimal) -> Fact:
    note = f"after {money_text(returns, currency)} returned" if returns else ""
    return Fact("Net total", money_text(purchases - returns, currency), note)


def golden_text(file: CustomerFile, key: str) -> str:
    """The first golden value of a field as it is shown; "" where there is none."""
    field = next((field for field in file.fields if field.key == key), None)
    return field.values[0].shown if field and field.values else ""


def _day(moment: datetime) -> str:
    return day_text(localtime(moment).date())
