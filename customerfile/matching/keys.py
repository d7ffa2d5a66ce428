"""Blocking keys: what two records must share at least one of to be compared. Each rule is selective on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from customerfile.matching.hashing import hash64
from customerfile.matching.model import MatchModel
from customerfile.matching.phonetic import phonetic
from customerfile.matching.prepared import Prepared

type Rule = Callable[[Prepared], Iterator[str]]


def blocking_keys(prepared: Prepared, model: MatchModel) -> tuple[int, ...]:
    """Signed 64-bit keys of the model's rules, each salted with its rule's name; sorted, without repeats."""
    keys = {hash64(f"{name}|{value}") for name in model.blocking_keys for value in RULES[name](prepared)}
    return tuple(sorted(keys))


def _email(record: Prepared) -> Iterator[str]:
    yield from record.emails


def _mailbox(record: Prepared) -> Iterator[str]:
    """A shared mailbox is no person's: it takes the family name beside it."""
    if record.mailboxes and record.family:
        for address in record.mailboxes:
            yield f"{address}|{phonetic(record.family)}"


def _phone(record: Prepared) -> Iterator[str]:
    """The last seven digits, so that a number written without its area code is found."""
    for number in record.phones:
        yield str(number % 10_000_000)


def _strong_identifier(record: Prepared) -> Iterator[str]:
    for identifier in record.strong:
        yield str(identifier.exact)


def _weak_identifier(record: Prepared) -> Iterator[str]:
    for number in record.weak:
        yield str(number)


def _birth_and_name(record: Prepared) -> Iterator[str]:
    """Given and family names share one rule, so that swapped names meet."""
    if record.birth % 100 and record.birth > 10_000_000:
        for name in {phonetic(record.given), phonetic(record.family)} - {""}:
            yield f"{record.birth}|{name}"


def _names_and_postcode(record: Prepared) -> Iterator[str]:
    names = _both_names(record)
    if names:
        for postcode in {address.postcode for address in record.addresses} - {""}:
            yield f"{names}|{postcode}"


def _names_and_city(record: Prepared) -> Iterator[str]:
    if record.given and record.family:
        for city in {address.city for address in record.addresses} - {""}:
            yield f"{'|'.join(sorted((record.given, record.family)))}|{city}"


def _names_and_birth_year(record: Prepared) -> Iterator[str]:
    names = _both_names(record)
    if names and record.birth >= 10_000_000:
        yield f"{names}|{record.birth // 10_000}"


def _starts_and_birthday(record: Prepared) -> Iterator[str]:
    """The first letters of both names with day and month, for a slip in the year or further on in a name."""
    if record.given and record.family and record.birth % 100 and record.birth % 10_000 > 100:
        starts = sorted((record.given[:3], record.family[:3]))
        yield f"{starts[0]}|{starts[1]}|{record.birth % 10_000}"


def _dwelling(record: Prepared) -> Iterator[str]:
    """House number, start of the street, postcode or city, and an initial, so that a tower block falls apart."""
    name = record.given or record.family
    if not name:
        return
    for address in record.addresses:
        place = address.postcode or address.city
        if address.number and address.street and place:
            yield f"{address.number}|{address.street[:4]}|{place}|{name[0]}"


def _both_names(record: Prepared) -> str:
    if not (record.given and record.family):
        return ""
    return "|".join(sorted((phonetic(record.given), phonetic(record.family))))


def _organisation_and_place(record: Prepared) -> Iterator[str]:
    if record.organisation:
        places = {place for address in record.addresses for place in (address.postcode, address.city)} - {""}
        for token in _telling_tokens(record.organisation):
            for place in places:
                yield f"{token}|{place}"


def _organisation_name(record: Prepared) -> Iterator[str]:
    """The whole name, where it has two words or more: a single word is too common."""
    if " " in record.organisation:
        yield record.organisation


def _domain(record: Prepared) -> Iterator[str]:
    yield from record.domains


def _telling_tokens(organisation: str) -> list[str]:
    return sorted(organisation.split(), key=lambda token: (-len(token), token))[:2]


RULES: Mapping[str, Rule] = {
    "email": _email,
    "mailbox": _mailbox,
    "phone": _phone,
    "strong_identifier": _strong_identifier,
    "weak_identifier": _weak_identifier,
    "birth_and_name": _birth_and_name,
    "names_and_postcode": _names_and_postcode,
    "names_and_city": _names_and_city,
    "names_and_birth_year": _names_and_birth_year,
    "starts_and_birthday": _starts_and_birthday,
    "dwelling": _dwelling,
    "organisation_and_place": _organisation_and_place,
    "organisation_name": _organisation_name,
    "domain": _domain,
}
