"""Plain text: whitespace folded, Unicode composed. NUL and control characters are refused, invisible marks
dropped."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.values.folding import fold
from customerfile.values.outcome import Accepted, Context, Outcome, Refused

LONGEST_TEXT = 20_000
LONGEST_VALUE = 500

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ABSENT = frozenset(
    ("", "n/a", "#n/a", "n.a.", "(null)", "<null>", "\\n", "#ref!", "#value!", "nil", "[none]")
)
_BEGINS_ABSENT = " \t\r\n\u00a0nN#(<[\\-–—_.?/"

EMPTY = Refused("There is nothing in it.", "Leave the value out, or fill it in.")
CONTROL_CHARACTER = Refused(
    "It contains a control character that is no readable text (such as NUL).",
    "Remove the invisible character, or save the file again as UTF-8 text.",
)
BROKEN_CHARACTER = Refused(
    "It contains half of a character, so part of the text was lost.",
    "Save the file again as UTF-8 text.",
)
LOST_CHARACTER_NOTE = noted_text("a character was already lost before this file was written (shown as �)")


def is_absent(text: str) -> bool:
    """Whether a cell only says that there is no value: blank, dashes, n/a, a spreadsheet error."""
    if text[:1] not in _BEGINS_ABSENT:
        return False
    folded = text.strip().lower()
    return folded in _ABSENT or not folded.strip("-–—_.?/ \u00a0")


def clean(raw: str, longest: int = LONGEST_VALUE) -> str | Refused:
    """The text with whitespace folded to single spaces and in Unicode form NFC, or why it is not text."""
    if raw.isascii() and raw.isprintable():
        text = " ".join(raw.split()) if "  " in raw else raw.strip(" ")
    else:
        if _CONTROL.search(raw):
            return CONTROL_CHARACTER
        if _LONE_SURROGATE.search(raw):
            return BROKEN_CHARACTER
        text = " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", raw)).split())
    if not text:
        return EMPTY
    if len(text) > longest:
        return Refused(
            noted_text("It is {length} characters long; at most {most} are kept here.").format(
                length=len(text), most=longest
            ),
            "Check that the columns of the file did not slip, or shorten the text.",
        )
    return text


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)


def plain(raw: str | dict[str, str]) -> str:
    """The one text of a raw value: a mapping may deliver parts where a kind wants a single text."""
    if isinstance(raw, str):
        return raw
    return raw["value"] if "value" in raw else " ".join(part for part in raw.values() if part)


def standardise_text(raw: str | dict[str, str], context: Context) -> Outcome:
    """Free text. Line breaks become spaces."""
    text = clean(plain(raw), LONGEST_TEXT)
    if isinstance(text, Refused):
        return text
    return Accepted(text, (LOST_CHARACTER_NOTE,)) if "\ufffd" in text else Accepted(text)


def standardise_pattern(raw: str | dict[str, str], pattern: str, hint: str) -> Outcome:
    """Text that must match a field's own regular expression as a whole; `hint` says the rule in words."""
    text = clean(plain(raw), LONGEST_VALUE)
    if isinstance(text, Refused):
        return text
    if _compiled(pattern).fullmatch(text):
        return Accepted(text)
    return Refused(
        "It does not follow the rule of this field.",
        hint or noted_text("Write it in the form {pattern}.").format(pattern=pattern),
    )


def standardise_choice(raw: str | dict[str, str], choices: Iterable[str], context: Context) -> Outcome:
    """One of a field's choices, whatever its capitals, accents and punctuation."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    known = _choices_by_fold(tuple(choices))
    choice = known.get(fold(text).replace(" ", ""))
    if choice is not None:
        return Accepted(choice)
    return Refused(
        "It is none of the choices of this field.",
        noted_text("Use one of: {choices}.").format(choices=", ".join(known.values())),
    )


@lru_cache(256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(256)
def _choices_by_fold(choices: tuple[str, ...]) -> dict[str, str]:
    return {fold(choice).replace(" ", ""): choice for choice in choices}
