"""How codes, money and moments are worded on the pages, for the reader that `reading.py` knows."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_decimal_symbol, get_group_symbol
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from customerfile.web.reading import reader_locale

_RULES = {
    "only_record": gettext_noop("only record"),
    "source_priority": gettext_noop("most trusted source"),
    "most_recent": gettext_noop("most recent"),
    "most_frequent": gettext_noop("most frequent"),
    "most_complete": gettext_noop("most complete"),
    "confirmed_first": gettext_noop("confirmed first"),
    "collect_all": gettext_noop("all are kept"),
    "corrected": gettext_noop("corrected"),
}
_CAUSES = {
    "first_seen": gettext_noop("First record of this customer"),
    "matched": gettext_noop("Matched"),
    "recomputed": gettext_noop("Moved here when a later record showed who belongs together"),
    "undone": gettext_noop("Put back when a delivery was undone"),
    "judged": gettext_noop("Put here by a person's word"),
}
_GROUPS = {
    "name": gettext_noop("Name"),
    "contact": gettext_noop("Contact"),
    "person": gettext_noop("Person"),
    "organisation": gettext_noop("Organisation"),
    "identity": gettext_noop("Identity and bank"),
    "account": gettext_noop("Numbers and account"),
    "commercial": gettext_noop("Market"),
    "trade": gettext_noop("Trade"),
    "notes": gettext_noop("Remarks"),
    "other": gettext_noop("No longer in the definition"),
}
_VERDICTS = {
    "match": gettext_noop("one customer"),
    "not_a_match": gettext_noop("two customers"),
    "unsure": gettext_noop("not sure"),
}
_NO_CURRENCY = "XXX"
_HOUR, _MINUTE = 3600, 60


def rule_words(rule: str) -> str:
    """By which rule a golden value was chosen."""
    return gettext(_RULES.get(rule, rule.replace("_", " ")))


def cause_words(cause: str) -> str:
    """Why a record stands under its customer."""
    return gettext(_CAUSES.get(cause, cause.replace("_", " ").capitalize()))


def verdict_words(verdict: str) -> str:
    """What somebody said of two records."""
    return gettext(_VERDICTS.get(verdict, verdict))


def act_words(kind: str) -> str:
    """What somebody did, as it begins a line: "Merged"."""
    done = {
        "judge": gettext("Judged"),
        "merge": gettext("Merged"),
        "split": pgettext("what was done", "Split"),
    }
    return done.get(kind, kind.capitalize())


def number_text(number: int) -> str:
    """A whole number in the reader's form: "1,204"."""
    return number_format(number, use_l10n=True, force_grouping=True)


def number_as_read(written: str) -> str:
    """A number as English writes it ("1,204.5"), in the reader's form."""
    locale = reader_locale()
    return written.translate({ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)})


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return format_list(things, locale=reader_locale())


def group_title(group: str) -> str:
    """The heading of a group of fields."""
    return gettext(_GROUPS.get(group, group.replace("_", " ").capitalize()))


def money_text(amount: Decimal, currency: str) -> str:
    """An amount with its currency; without one where the source named none."""
    if currency in ("", _NO_CURRENCY):
        return format_decimal(amount, format="#,##0.00", locale=reader_locale())
    return format_currency(amount, currency, locale=reader_locale())


def day_text(day: date) -> str:
    """ "3 May 2026"."""
    return format_date(day, "medium", locale=reader_locale())


def month_text(day: date, *, is_short: bool = False) -> str:
    """ "May 2026", "Aug 2026" where it is short."""
    return format_date(day, "MMM y" if is_short else "MMMM y", locale=reader_locale())


def time_text(moment: time) -> str:
    """ "17:30"."""
    return format_time(moment, "short", locale=reader_locale())


_SEPARATORS = {
    ",": gettext_noop("comma"),
    ";": gettext_noop("semicolon"),
    "\t": gettext_noop("tab"),
    "|": gettext_noop("bar"),
    '"': gettext_noop("double quotes"),
    "'": gettext_noop("single quotes"),
}


def duration(seconds: int) -> str:
    """ "40 seconds", "3 minutes", "2 hours"."""
    if seconds >= 2 * _HOUR:
        hours = round(seconds / _HOUR)
        return ngettext("{hours} hour", "{hours} hours", hours).format(hours=hours)
    if seconds >= 2 * _MINUTE:
        minutes = round(seconds / _MINUTE)
        return ngettext("{minutes} minute", "{minutes} minutes", minutes).format(minutes=minutes)
    if not seconds:
        return gettext("a moment")
    return ngettext("{seconds} second", "{seconds} seconds", seconds).format(seconds=seconds)


def separator(text: str) -> str:
    """A separating character by name; other text as it is."""
    return gettext(_SEPARATORS.get(text, text))


def sentence(key: str) -> str:
    """A key as words: "has_header" -> "Has header"."""
    return key.replace("_", " ").capitalize()
