"""The vital statistics at the head of a customer's page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

from customerfile.customers.queries import CustomerFile
from customerfile.timeline.queries import EventPage, Totals
from customerfile.web.words import day_text, money_text

_BIRTH_DATE = "%d %B %Y"  # as definition values of the type date are shown


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its label, and a line that says more."""

    label: str
    value: str
    note: str = ""


def vital_statistics(
    file: CustomerFile, totals: Totals, events: EventPage, *, today: date, shows_events: bool
) -> tuple[Fact, ...]:
    """Age and since when; last contact, orders and what they come to, for those who see what customers do."""
    about = (*_age(file, today), _since(file, totals))
    if not shows_events:
        return about
    return (
        *about,
        _last_contact(events),
        Fact("Orders", f"{totals.order_count:,}", _returns(totals.return_count)),
        *(_amount(*amount) for amount in totals.amounts),
    )


def _age(file: CustomerFile, today: date) -> Iterator[Fact]:
    shown = _golden(file, "birth_date")
    try:
        born = datetime.strptime(shown, _BIRTH_DATE).date()  # noqa: DTZ007 - a birth date has no time zone
    except ValueError:
        return
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    yield Fact("Age", str(years), f"born {shown}")


def _since(file: CustomerFile, totals: Totals) -> Fact:
    """What a source says, else the first purchase, else when the first record came in."""
    told = _golden(file, "customer_since")
    if told:
        return Fact("Customer since", told)
    if totals.first_at:
        return Fact("Customer since", _day(totals.first_at), "first purchase")
    return Fact("In the file since", _day(min((r.linked_since for r in file.records), default=file.since)))


def _last_contact(events: EventPage) -> Fact:
    if not events.events:
        return Fact("Last contact", "None yet")
    newest = events.events[0]
    return Fact("Last contact", _day(newest.occurred_at), newest.label)


def _returns(count: int) -> str:
    return f"{count:,} return{'' if count == 1 else 's'}" if count else ""


def _amount(currency: str, purchases: Decimal, returns: Decimal) -> Fact:
    note = f"after {money_text(returns, currency)} returned" if returns else ""
    return Fact("Net total", money_text(purchases - returns, currency), note)


def _golden(file: CustomerFile, key: str) -> str:
    field = next((field for field in file.fields if field.key == key), None)
    return field.values[0].shown if field and field.values else ""


def _day(moment: datetime) -> str:
    return day_text(localtime(moment).date())
