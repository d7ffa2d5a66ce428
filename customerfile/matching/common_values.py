"""Values that too many records share to tell anything: a default phone number, test@test.com. They are not compared.

A value is common when its blocking key is shared by more records than the model's `max_block_size`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from customerfile.matching.hashing import hash64
from customerfile.matching.prepared import Prepared

SEVEN_DIGITS = 10_000_000


class CommonValues(NamedTuple):
    """By the field of a prepared record; a phone number by its last seven digits, an identifier by its exact hash."""

    emails: frozenset[str] = frozenset()
    phones: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    weak: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()


NOTHING_COMMON = CommonValues()


def common_values(found: Iterable[tuple[str, str]]) -> CommonValues:
    """From (blocking rule, value) as `valued_keys` gives them."""
    by_rule: dict[str, set[str]] = {}
    for rule, value in found:
        by_rule.setdefault(rule, set()).add(value)

    def texts(rule: str) -> frozenset[str]:
        return frozenset(by_rule.get(rule, ()))

    def numbers(rule: str) -> frozenset[int]:
        return frozenset(map(int, by_rule.get(rule, ())))

    return CommonValues(
        texts("email"),
        numbers("phone"),
        numbers("strong_identifier"),
        numbers("weak_identifier"),
        texts("domain"),
    )


def without_common(record: Prepared, common: CommonValues) -> Prepared:
    """The record as it is compared: the very same object where it holds nothing common."""
    if common is NOTHING_COMMON or not _holds_any(record, common):
        return record
    return record._replace(
        emails=[email for email in record.emails if email not in common.emails],
        phones=[phone for phone in record.phones if phone % SEVEN_DIGITS not in common.phones],
        strong=[identifier for identifier in record.strong if identifier.exact not in common.strong],
        weak=[number for number in record.weak if number not in common.weak],
        domains=[domain for domain in record.domains if domain not in common.domains],
    )


def _holds_any(record: Prepared, common: CommonValues) -> bool:
    return (
        not common.emails.isdisjoint(record.emails)
        or any(phone % SEVEN_DIGITS in common.phones for phone in record.phones)
        or any(identifier.exact in common.strong for identifier in record.strong)
        or not common.weak.isdisjoint(record.weak)
        or not common.domains.isdisjoint(record.domains)
    )


def valued_keys(record: Prepared) -> Iterator[tuple[int, str, str]]:
    """The blocking keys of a record's compared values: key, rule, value."""
    for rule, values in _values(record).items():
        for value in values:
            yield hash64(f"{rule}|{value}"), rule, str(value)


def _values(record: Prepared) -> Mapping[str, Iterable[str | int]]:
    return {
        "email": record.emails,
        "phone": [number % SEVEN_DIGITS for number in record.phones],
        "strong_identifier": [identifier.exact for identifier in record.strong],
        "weak_identifier": record.weak,
        "domain": record.domains,
    }
