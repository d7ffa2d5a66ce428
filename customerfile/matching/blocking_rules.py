"""The blocking rules by name: texts of a record that another record of the same customer is likely to share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache

from customerfile.matching.organisation_names import name_lines
from customerfile.matching.phonetic import phonetic
from customerfile.matching.prepared import Prepared
from customerfile.values.nicknames import leading_names

type Rule = Callable[[Prepared], Sequence[str]]

_WHOLE_YEAR = 10_000_000  # from here on a birth number has its year
_SEVEN_DIGITS = 10_000_000
_TELLING_NAME = 8  # letters


def _email(record: Prepared) -> Sequence[str]:
    return record.emails


def _mailbox(record: Prepared) -> Sequence[str]:
    """A shared mailbox is no person's: it takes the family name beside it."""
    if not record.mailboxes:
        return ()
    name = phonetic(record.family) or record.organisation
    return [f"{address}|{name}" for address in record.mailboxes]


def _phone(record: Prepared) -> Sequence[str]:
    """The last seven digits, so that a number written without its area code is found."""
    return [str(number % _SEVEN_DIGITS) for number in record.phones]


def _strong_identifier(record: Prepared) -> Sequence[str]:
    """With the hashes that a number one slip away has too."""
    return [str(near) for identifier in record.strong for near in identifier.near]


def _weak_identifier(record: Prepared) -> Sequence[str]:
    return [str(number) for number in record.weak]


def _birth_and_name(record: Prepared) -> Sequence[str]:
    """Given and family names share one rule, so that exchanged names meet."""
    birth = record.birth
    if birth < _WHOLE_YEAR or not birth % 100:
        return ()
    return [f"{birth}|{phonetic(name)}" for name in (_called(record), record.family) if name]


def _called(record: Prepared) -> str:
    """The given name, or the name behind its initial: M. Jose, J. Robert."""
    given = record.given
    if len(given) != 1:
        return given
    middle = record.middle.partition(" ")[0]
    return middle if len(middle) > 1 else given


def _birth_and_postcode(record: Prepared) -> Sequence[str]:
    """Finds those whose names differ: after a marriage, or by more than a slip."""
    birth = record.birth
    if birth < _WHOLE_YEAR or not birth % 100:
        return ()
    return [f"{birth}|{address.postcode}" for address in record.addresses if address.postcode]


def _names_and_postcode(record: Prepared) -> Sequence[str]:
    names = _both_names(record)
    return [f"{names}|{a.postcode}" for a in record.addresses if a.postcode] if names else ()


def _dwelling(record: Prepared) -> Sequence[str]:
    """House number and start of the street, with a name and what tells it from the household's other names.

    Beside the family name stands how the given name begins; beside the given name the start of the postcode or town.
    """
    found = []
    for address in record.addresses:
        if address.number and address.street:
            dwelling = f"{address.number}|{address.street[:4]}"
            if record.family:
                family = phonetic(record.family)
                found += [f"{dwelling}|{family}|{letter}" for letter in _beginnings(record.given)]
            if record.given:
                place = address.postcode[:3] or address.city[:3]
                found.append(f"{dwelling}|{phonetic(record.given)}|{place}")
    return found


@lru_cache(maxsize=65536)
def _beginnings(given: str) -> Set[str]:
    """First letters of a given name and of those it may stand for: Bill meets William."""
    name = given.partition(" ")[0]
    return {name[:1]} | {lead[:1] for lead in leading_names(name)}


def _both_names(record: Prepared) -> str:
    if not (record.given and record.family):
        return ""
    first, second = phonetic(_called(record)), phonetic(record.family)
    return f"{first}|{second}" if first <= second else f"{second}|{first}"


def _organisation_and_place(record: Prepared) -> Sequence[str]:
    """A telling word with postcode or town; and the dwelling, for names that have no word in common: IBM."""
    if not record.organisation:
        return ()
    places = {place for a in record.addresses for place in (a.postcode, a.city) if place}
    words = {word for name in name_lines(record.organisation) for word in _telling_words(name)}
    dwellings = [
        f"{a.number}|{a.street[:4]}|{a.postcode[:3] or a.city[:3]}"
        for a in record.addresses
        if a.number and a.street
    ]
    return [f"{word}|{place}" for word in words for place in places] + dwellings


def _telling_words(name: str) -> list[str]:
    """The two longest words."""
    return sorted(name.split(), key=lambda word: (-len(word), word))[:2]


def _organisation_name(record: Prepared) -> Sequence[str]:
    """The whole name without blanks, where it is long enough to tell something."""
    names = (name.replace(" ", "") for name in name_lines(record.organisation))
    return [name for name in names if len(name) >= _TELLING_NAME]


def _domain(record: Prepared) -> Sequence[str]:
    return record.domains


RULES: Mapping[str, Rule] = {
    "email": _email,
    "mailbox": _mailbox,
    "phone": _phone,
    "strong_identifier": _strong_identifier,
    "weak_identifier": _weak_identifier,
    "birth_and_name": _birth_and_name,
    "birth_and_postcode": _birth_and_postcode,
    "names_and_postcode": _names_and_postcode,
    "dwelling": _dwelling,
    "organisation_and_place": _organisation_and_place,
    "organisation_name": _organisation_name,
    "domain": _domain,
}
