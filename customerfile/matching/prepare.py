"""From a canonical record to the folded inputs of comparison. Pure: one record, one answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from customerfile.matching.addresses import prepared_addresses
from customerfile.matching.hashing import hash64, near_hashes
from customerfile.matching.mailboxes import DESKS, FREE_MAIL
from customerfile.matching.names import GENERATIONS, family_name, given_name
from customerfile.matching.organisation_names import organisation_names
from customerfile.matching.prepared import Identifier, Prepared
from customerfile.values.folding import fold

IDENTIFIER_ROLES: Mapping[str, str] = {
    "national_id": "strong",
    "tax_id": "strong",
    "passport": "strong",
    "driving_licence": "strong",
    "vat_number": "strong",
    "registration_number": "strong",
    "account_number": "weak",
    "iban": "weak",
}

_PLACEHOLDER_BIRTHS = frozenset({18991231, 19000101, 19010101, 19700101})
_GENDERS = {"male": "m", "female": "f"}
_BIRTH = re.compile(r"(\d{4}|-)-?(\d\d)?-?(\d\d)?")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9A-Za-z]+")
_PHONE_DIGITS = 10
_LIST_LIMIT = 12  # a record with more contact points than this is compared by the first of them

type Entries = Iterable[Mapping[str, Any]]


def prepare(canonical: Mapping[str, Any], roles: Mapping[str, str] = IDENTIFIER_ROLES) -> Prepared:
    """The comparison inputs of a canonical record. `roles` says which identifiers are strong, which weak."""
    get = canonical.get
    kind = get("kind", "")
    given, initials, suffix = given_name(get("given_name", ""))
    family, late_suffix = family_name(get("family_name", ""))
    emails, mailboxes, domains = _emails(get("email", ()))
    strong, weak = _identifiers(canonical, roles)
    return Prepared(
        kind,
        given,
        fold(get("middle_name", "")) or initials,
        family,
        _generation(get("name_suffix", "")) or suffix or late_suffix,
        birth_number(get("birth_date", "")),
        _GENDERS.get(get("gender", ""), ""),
        emails,
        mailboxes,
        _phones(get("phone", ())),
        prepared_addresses(get("address", ())),
        strong,
        weak,
        organisation_names((get("organisation_name", ""), get("trading_name", ""))),
        domains if kind == "organisation" else [],
    )


def birth_number(text: str) -> int:
    """An ISO date, perhaps in part, as yyyymmdd with 0 for an unknown part; 0 for a placeholder."""
    if len(text) == 10 and text[4] == "-":
        number = int(text[:4] + text[5:7] + text[8:])
        return 0 if number in _PLACEHOLDER_BIRTHS else number
    found = _BIRTH.fullmatch(text) if text else None
    if not found:
        return 0
    year, month, day = found.groups()
    return (0 if year == "-" else int(year)) * 10000 + int(month or 0) * 100 + int(day or 0)


def _generation(suffix: str) -> int:
    return GENERATIONS.get(suffix.rstrip(".").lower(), 0) if suffix else 0


def _emails(entries: Entries) -> tuple[list[str], list[str], list[str]]:
    """Personal addresses, shared mailboxes, and the domains that are not mail providers'."""
    personal: list[str] = []
    shared: list[str] = []
    domains: list[str] = []
    for entry in entries:
        address = entry["value"].lower()
        local, _, domain = address.rpartition("@")
        (shared if local in DESKS else personal).append(address)
        if domain not in FREE_MAIL:
            domains.append(domain)
    return _distinct(personal), _distinct(shared), _distinct(domains)


def _distinct[T: (str, int)](values: list[T]) -> list[T]:
    return values if len(values) < 2 else sorted(set(values))[:_LIST_LIMIT]


def _phones(entries: Entries) -> list[int]:
    return _distinct(
        [int(digits[-_PHONE_DIGITS:]) for entry in entries if (digits := _digits(entry["value"]))]
    )


def _digits(phone: str) -> str:
    text = phone.partition(";")[0].removeprefix("+")  # an extension follows the semicolon
    return text if text.isdecimal() else "".join(filter(str.isdecimal, text))


def _identifiers(
    canonical: Mapping[str, Any], roles: Mapping[str, str]
) -> tuple[list[Identifier], list[int]]:
    strong: list[Identifier] = []
    weak: list[int] = []
    for key in roles.keys() & canonical.keys():
        for entry in _entries(canonical[key]):
            if roles[key] == "strong":
                strong.append(_strong(key, entry))
            else:
                weak.append(_weak(key, entry))
    return sorted(strong)[:_LIST_LIMIT] if len(strong) > 1 else strong, _distinct(weak)


def _entries(value: Any) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, Mapping) else [{"value": str(value)}]


def _strong(key: str, entry: Mapping[str, Any]) -> Identifier:
    scheme = entry.get("scheme", "")
    is_known = bool(scheme) and not scheme.endswith(
        "other"
    )  # "other", "au.other": nobody vouches for its kind
    code = hash64(scheme if is_known else key) >> 32
    if "digest" in entry:
        exact, near = entry["digest"], entry.get("near", ())
    else:
        value = _plain(entry)
        exact, near = hash64(value), near_hashes(value)
    return Identifier(code, exact, sorted({exact, *near}), is_known)


def _weak(key: str, entry: Mapping[str, Any]) -> int:
    scheme = entry.get("scheme", "") or key
    value = entry["digest"] if "digest" in entry else _plain(entry)
    return hash64(f"{scheme}:{value}")


def _plain(entry: Mapping[str, Any]) -> str:
    return _NOT_ALPHANUMERIC.sub("", entry["value"]).upper()
