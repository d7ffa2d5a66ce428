"""The vital statistics of a customer: those at the head of the page, and what purchases come to. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from customerfile.customers.queries import CustomerFile
from customerfile.timeline.queries import Overview, Totals
from customerfile.values.dates import displayed_day
from customerfile.web.reading import reader_locale
from customerfile.web.words import day_text, money_text, number_text

_REGULAR = 3  # orders that make a habit


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
        Fact(gettext("Orders"), number_text(totals.order_count), _returns(totals.return_count)),
        *(_amount(*amount) for amount in totals.amounts),
        *(
            Fact(gettext("Average order"), money_text(each.amount / each.count, each.currency))
            for each in overview.orders
        ),
        *_last_order(overview),
    )


def _age(file: CustomerFile, today: date) -> Iterator[Fact]:
    born = displayed_day(golden_text(file, "birth_date"))
    if born is None:
        return
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    day = format_date(born, "long", locale=reader_locale())
    yield Fact(gettext("Age"), str(years), gettext("born {day}").format(day=day))


def _since(file: CustomerFile, totals: Totals) -> Fact:
    """What a source says, else the first purchase, else when the first record came in."""
    told = golden_text(file, "customer_since")
    if told:
        return Fact(gettext("Customer since"), told)
    if totals.first_at:
        return Fact(gettext("Customer since"), _day(totals.first_at), gettext("first purchase"))
    first = min((each.linked_since for each in file.records), default=file.since)
    return Fact(gettext("In the file since"), _day(first))


def _last_contact(overview: Overview, labels: Mapping[str, str]) -> Fact:
    latest = overview.latest
    if latest is None:
        return Fact(gettext("Last contact"), gettext("None yet"))
    return Fact(gettext("Last contact"), _day(latest.at), labels.get(latest.name, latest.name))


def _next(overview: Overview, labels: Mapping[str, str], today: date) -> Iterator[Fact]:
    """What is to come; else how often there is an order, and how long ago the last one was."""
    coming, first, last = overview.coming, overview.first_order_at, overview.last_order_at
    count = overview.totals.order_count
    if coming is not None:
        yield Fact(gettext("Coming up"), _day(coming.at), labels.get(coming.name, coming.name))
    elif first and last and count >= _REGULAR and last > first:
        gap = round((last - first).days / (count - 1))
        ago = (today - localtime(last).date()).days
        yield Fact(gettext("Usually orders"), _every(gap), _last_was(ago))


def _last_order(overview: Overview) -> Iterator[Fact]:
    first, last = overview.first_order_at, overview.last_order_at
    if first and last:
        note = gettext("first {day}").format(day=_day(first)) if _day(first) != _day(last) else ""
        yield Fact(gettext("Last order"), _day(last), note)


def _every(days: int) -> str:
    if days <= 1:
        return gettext("daily")
    return ngettext("every {number} day", "every {number} days", days).format(number=number_text(days))


def _last_was(days: int) -> str:
    match days:
        case 0:
            return gettext("last today")
        case 1:
            return gettext("last yesterday")
        case _:
            told = ngettext("last {number} day ago", "last {number} days ago", days)
            return told.format(number=number_text(days))


def _returns(count: int) -> str:
    told = ngettext("{number} return", "{number} returns", count)
    return told.format(number=number_text(count)) if count else ""


def _amount(currency: str, purchases: Decimal, returns: Decimal) -> Fact:
    told = gettext("after {amount} returned")
    note = told.format(amount=money_text(returns, currency)) if returns else ""
    return Fact(gettext("Net total"), money_text(purchases - returns, currency), note)


def golden_text(file: CustomerFile, key: str) -> str:
    """The first golden value of a field as it is shown; "" where there is none."""
    field = next((field for field in file.fields if field.key == key), None)
    return field.values[0].shown if field and field.values else ""


def _day(moment: datetime) -> str:
    return day_text(localtime(moment).date())
