"""Stretches of a search query that may be a number or an address: customer numbers, identifiers, keys, phones, e-mails.

Pure. What is looked up by equality or as a beginning; nothing here reads names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from customerfile.customers.number import customer_number, is_customer_number
from customerfile.customers.search.findable import identifier_digest, reversed_digits
from customerfile.customers.search.words import Query
from customerfile.vault.sealing import Blinder

SHORTEST_PHONE_END = 4
LONGEST_PHONE = 17
SHORTEST_EMAIL = 3
_MOST_TERMS = 10
_MOST_HITS = 500  # of one key among other terms
_BEHIND_DIGITS = ":"  # the character after "9"
_BEHIND_ALL = chr(0x10FFFF)
_WORTH: Mapping[str, float] = {"number": 100.0, "identifier": 60.0, "record": 40.0}
_WORTH_OF_DIGIT = 3.3  # a digit more leaves a tenth of the customers
_WORTH_OF_LETTER = 1.0
_FULL_NUMBER = 9  # digits of a phone number that is surely typed with its area code
_PHONE = re.compile(r"[+(]?[\d()/.\-+]*\d[\d()/.\-]*")
_TRUNK_IN_BRACKETS = re.compile(r"\(\s*0\s*\)")


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to look up. `kind`: number, identifier, record, phone or email; `value` is what its index holds.

    A phone's or e-mail's `value` is the beginning of the indexed text. `covers` are the words it stands for.
    """

    kind: str
    value: str | int
    covers: tuple[int, ...]
    typed: str


def keys(query: Query, blinder: Blinder | None) -> Iterator[Key]:
    """Everything to look up by key. Sealed identifiers are found only with the blinder."""
    count = min(len(query.terms), _MOST_TERMS)
    for first in range(count):
        for last in range(first, count):
            typed = " ".join(query.terms[first : last + 1])
            is_whole = last - first + 1 == len(query.terms)
            covers = query.words_of(first, last)
            if covers and (is_whole or any(map(str.isdigit, typed))):
                yield from _exact(typed, covers, blinder)
                yield from _phones(typed, covers)
    yield from _emails(query)


def _exact(typed: str, covers: tuple[int, ...], blinder: Blinder | None) -> Iterator[Key]:
    number = stored_number(typed)
    if is_customer_number(number):
        yield Key("number", number, covers, typed)
    yield Key("record", typed, covers, typed)
    if sum(map(str.isalnum, typed)) >= SHORTEST_PHONE_END:
        yield Key("identifier", identifier_digest(typed), covers, typed)
        if blinder is not None:
            yield Key("identifier", blinder.digest(typed), covers, typed)


def stored_number(typed: str) -> str:
    """A customer number as it is stored, whatever leading zeros and blanks it was typed with."""
    return "".join(typed.split()).upper().lstrip("0").zfill(len(customer_number(0)))


def _phones(typed: str, covers: tuple[int, ...]) -> Iterator[Key]:
    compact = "".join(typed.split())
    if not _PHONE.fullmatch(compact):
        return
    for digits in phone_ends(compact):
        yield Key("phone", reversed_digits(digits), covers, typed)


def phone_ends(typed: str) -> tuple[str, ...]:
    """The digits that the stored international number may end in, for a number typed in any of the usual ways."""
    text = _TRUNK_IN_BRACKETS.sub("", typed)
    digits = "".join(filter(str.isdigit, text))
    if not SHORTEST_PHONE_END <= len(digits) <= LONGEST_PHONE:
        return ()
    if text.startswith("+") or len(digits) < _FULL_NUMBER:
        return (digits,)
    if digits.startswith("00"):
        return (digits[2:],)
    return (digits, digits[1:]) if digits[0] in "08" else (digits,)


def _emails(query: Query) -> Iterator[Key]:
    for position, term in enumerate(query.terms[:_MOST_TERMS]):
        text = term.lower().strip("<>,;\"'")
        if (
            len(text) >= SHORTEST_EMAIL
            and ("@" in text or len(query.terms) == 1)
            and not text.startswith(("@", "~"))
        ):
            yield Key("email", text, query.words_of(position, position), term)


def worth_of(key: Key, shown: str) -> float:
    """What a hit is worth beside words: numbers and whole addresses most, endings and beginnings by their length."""
    if key.kind == "phone":
        return _WORTH_OF_DIGIT * (len(str(key.value)) - 1)
    if key.kind == "email":
        return _WORTH["identifier"] if shown.lower() == key.value else _WORTH_OF_LETTER * len(str(key.value))
    return _WORTH[key.kind]


def key_parameters(asked: Sequence[Key], query: Query, *, limit: int) -> dict[str, Any]:
    """The parameters of find_keys.sql; keys are named by their place.

    Keys that are all there is to go by need to lead to no more customers than are shown (two to the same, at times).
    """
    number_asks, numbers = _chosen(asked, "number")
    digest_asks, digests = _chosen(asked, "identifier")
    record_asks, record_keys = _chosen(asked, "record")
    contact_asks, beginnings = _chosen(asked, "phone", "email")
    return {
        "number_asks": number_asks,
        "numbers": numbers,
        "digest_asks": digest_asks,
        "digests": digests,
        "record_asks": record_asks,
        "record_keys": record_keys,
        "contact_asks": contact_asks,
        "beginnings": beginnings,
        "ends": [text + (_BEHIND_DIGITS if text.startswith("~") else _BEHIND_ALL) for text in beginnings],
        "most": 2 * limit if len(query.terms) == 1 else _MOST_HITS,
    }


def _chosen(asked: Sequence[Key], *kinds: str) -> tuple[list[int], list[Any]]:
    some = [(number, key.value) for number, key in enumerate(asked) if key.kind in kinds]
    return [number for number, _ in some], [value for _, value in some]
