"""How codes, money and moments are worded on the pages. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.numbers import format_currency, format_decimal

_RULES = {
    "only_record": "only record",
    "source_priority": "most trusted source",
    "most_recent": "most recent",
    "most_frequent": "most frequent",
    "most_complete": "most complete",
    "confirmed_first": "confirmed first",
    "collect_all": "all are kept",
    "corrected": "corrected",
}
_CAUSES = {
    "first_seen": "First record of this customer",
    "matched": "Matched",
    "recomputed": "Moved here when a later record showed who belongs together",
    "undone": "Put back when a delivery was undone",
    "judged": "Put here by a person's word",
}
_GROUPS = {
    "name": "Name",
    "contact": "Contact",
    "person": "Person",
    "organisation": "Organisation",
    "identity": "Identity and bank",
    "account": "Numbers and account",
    "commercial": "Market",
    "trade": "Trade",
    "notes": "Remarks",
    "other": "No longer in the definition",
}
_VERDICTS = {"match": "one customer", "not_a_match": "two customers", "unsure": "not sure"}
_ACTS = {"judge": "Judged", "merge": "Merged", "split": "Split"}
_NO_CURRENCY = "XXX"


def rule_words(rule: str) -> str:
    """By which rule a golden value was chosen."""
    return _RULES.get(rule, rule.replace("_", " "))


def cause_words(cause: str) -> str:
    """Why a record stands under its customer."""
    return _CAUSES.get(cause, cause.replace("_", " ").capitalize())


def verdict_words(verdict: str) -> str:
    """What somebody said of two records."""
    return _VERDICTS.get(verdict, verdict)


def act_words(kind: str) -> str:
    """What somebody did, as it begins a line: "Merged"."""
    return _ACTS.get(kind, kind.capitalize())


def counted(number: int, thing: str) -> str:
    """ "no events", "1 record", "1,204 events"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}" if number else f"no {thing}s"


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def group_title(group: str) -> str:
    """The heading of a group of fields."""
    return _GROUPS.get(group, group.replace("_", " ").capitalize())


def money_text(amount: Decimal, currency: str) -> str:
    """An amount with its currency; without one where the source named none."""
    if currency in ("", _NO_CURRENCY):
        return format_decimal(amount, format="#,##0.00", locale="en_GB")
    return format_currency(amount, currency, locale="en_GB")


def day_text(day: date) -> str:
    """ "3 May 2026"."""
    return f"{day.day} {day:%b %Y}"


_SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    '"': "double quotes",
    "'": "single quotes",
}


def duration(seconds: int) -> str:
    """ "40 seconds", "3 minutes", "2 hours"."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return f"{round(seconds / size)} {unit}s"
    return counted(seconds, "second") if seconds else "a moment"


def separator(text: str) -> str:
    """A separating character by name; other text as it is."""
    return _SEPARATORS.get(text, text)


def sentence(key: str) -> str:
    """A key as words: "has_header" -> "Has header"."""
    return key.replace("_", " ").capitalize()
