"""From a canonical record to the folded inputs of comparison. Pure; the same record always gives the same answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from customerfile.matching.addresses import prepared_addresses
from customerfile.matching.hashing import hash64, near_hashes
from customerfile.matching.prepared import Identifier, Prepared
from customerfile.values.folding import tokens as name_tokens

IDENTIFIER_ROLES: Mapping[str, str] = {
    "national_id": "strong",
    "tax_id": "strong",
    "passport": "strong",
    "driving_licence": "strong",
    "vat_number": "strong",
    "registration_number": "strong",
    "account_number": "weak",
    "iban": "weak",
    "loyalty_number": "weak",
    "membership_number": "weak",
}

_DESKS = frozenset(
    ["info", "office", "admin", "administration", "contact", "hello", "mail", "email", "sales", "support", "service", "help", "helpdesk", "billing", "accounts", "accounting", "finance", "reception", "enquiries", "inquiries", "team", "customer", "customerservice", "orders", "order", "shop", "store", "hr", "jobs", "marketing", "press", "webmaster", "postmaster", "noreply", "secretary", "secretariat", "kontakt", "buero", "buchhaltung", "accueil", "comptabilite", "ventas", "contacto"]
)
_FREE_MAIL = frozenset(
    ["gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "outlook.com", "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "orange.fr", "free.fr", "wanadoo.fr", "laposte.net", "mail.com", "mail.ru", "yandex.ru", "proton.me", "protonmail.com", "qq.com", "163.com", "comcast.net", "verizon.net", "btinternet.com", "freenet.de", "libero.it", "telefonica.net"]
)
_SUFFIXES = {"sr": 1, "senior": 1, "i": 1, "jr": 2, "jnr": 2, "junior": 2, "ii": 2, "iii": 3, "iv": 4}
_PLACEHOLDER_BIRTHS = frozenset({19000101, 19010101, 19700101, 18991231})
_UNKNOWN_SCHEMES = frozenset({"", "other"})
_GENDERS = {"male": "m", "female": "f", "m": "m", "f": "f"}
_BIRTH = re.compile(r"^(\d{4}|-)-?(\d\d)?-?(\d\d)?$")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9A-Za-z]+")
_PHONE_DIGITS = 9
_LIST_LIMIT = 12  # a record with more contact points than this is compared by the first of them


def prepare(canonical: Mapping[str, Any], roles: Mapping[str, str] = IDENTIFIER_ROLES) -> Prepared:
    """The comparison inputs of one canonical record. `roles` says which identifier fields are strong or weak."""
    names = _Names(canonical)
    emails, mailboxes, domains = _emails(canonical.get("email"))
    strong, weak = _identifiers(canonical, roles)
    return Prepared(
        kind=canonical.get("kind", ""),
        given="".join(names.given),
        given_parts=names.given,
        middle=names.middle,
        family="".join(names.family),
        family_parts=names.family,
        suffix=names.suffix,
        birth=birth_number(canonical.get("birth_date", "")),
        gender=_GENDERS.get(canonical.get("gender", ""), ""),
        emails=emails,
        mailboxes=mailboxes,
        phones=_phones(canonical.get("phone")),
        addresses=prepared_addresses(canonical.get("address") or ()),
        strong=strong,
        weak=weak,
        organisation=" ".join(sorted(set(name_tokens(canonical.get("organisation_name", ""))))),
        domains=domains if canonical.get("kind") == "organisation" else [],
    )


def birth_number(text: str) -> int:
    """An ISO date, perhaps with parts left out, as yyyymmdd with 0 for an unknown part; 0 for a placeholder."""
    if len(text) == 10 and text[4] == "-":
        number = int(text[:4] + text[5:7] + text[8:])
        return 0 if number in _PLACEHOLDER_BIRTHS else number
    found = _BIRTH.match(text)
    if not found:
        return 0
    year, month, day = found.groups()
    return (0 if year == "-" else int(year)) * 10000 + int(month or 0) * 100 + int(day or 0)


class _Names:
    """The person's names, with generation and stray initials taken out of where they were typed."""

    __slots__ = ("family", "given", "middle", "suffix")

    def __init__(self, canonical: Mapping[str, Any]) -> None:
        self.given = list(name_tokens(canonical.get("given_name", "")))
        self.middle = list(name_tokens(canonical.get("middle_name", "")))
        self.family = list(name_tokens(canonical.get("family_name", "")))
        suffix = canonical.get("name_suffix")
        self.suffix = _SUFFIXES.get(_bare(suffix), 0) if suffix else 0
        if len(self.given) > 1:
            self._tidy_given()
        if len(self.family) > 1:
            self._tidy_family()

    def _tidy_given(self) -> None:
        last = self.given[-1]
        if not self.suffix and last in _SUFFIXES:
            self.suffix = _SUFFIXES[self.given.pop()]
        elif len(last) == 1 and not self.middle:
            self.middle = [self.given.pop()]

    def _tidy_family(self) -> None:
        if not self.suffix and self.family[-1] in _SUFFIXES:
            self.suffix = _SUFFIXES[self.family.pop()]
        self.family = [token for token in self.family if len(token) > 1] or self.family


def _bare(text: str) -> str:
    return text.rstrip(".").lower()


def _emails(values: Iterable[Mapping[str, Any]] | None) -> tuple[list[str], list[str], list[str]]:
    """Personal addresses, shared mailboxes, and the domains that are not free-mail providers."""
    if not values:
        return [], [], []
    personal, shared, domains = set(), set(), set()
    for entry in values:
        address = str(entry["value"]).lower()
        local, _, domain = address.rpartition("@")
        (shared if local in _DESKS else personal).add(address)
        if domain not in _FREE_MAIL:
            domains.add(domain)
    return _limited(personal), _limited(shared), _limited(domains)


def _phones(values: Iterable[Mapping[str, Any]] | None) -> list[int]:
    if not values:
        return []
    numbers = {int(digits[-_PHONE_DIGITS:]) for entry in values if (digits := _digits(str(entry["value"])))}
    return sorted(numbers)[:_LIST_LIMIT]


def _digits(phone: str) -> str:
    text = phone.partition(";")[0].lstrip("+")  # an extension follows the semicolon
    return text if text.isdecimal() else "".join(filter(str.isdecimal, text))


def _limited(values: Iterable[str]) -> list[str]:
    return sorted(values)[:_LIST_LIMIT]


def _identifiers(
    canonical: Mapping[str, Any], roles: Mapping[str, str]
) -> tuple[list[Identifier], list[int]]:
    strong: list[Identifier] = []
    weak: set[int] = set()
    for key, role in roles.items():
        if key not in canonical:
            continue
        for entry in _entries(canonical[key]):
            if role == "strong":
                strong.append(_strong(key, entry))
            else:
                weak.add(_weak(key, entry))
    return sorted(strong)[:_LIST_LIMIT] if len(strong) > 1 else strong, sorted(weak)[:_LIST_LIMIT]


def _entries(value: Any) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, Mapping) else [{"value": str(value)}]


def _strong(key: str, entry: Mapping[str, Any]) -> Identifier:
    scheme = str(entry.get("scheme", ""))
    known = scheme not in _UNKNOWN_SCHEMES
    code = hash64(scheme if known else key) >> 32
    if "digest" in entry:
        exact, near = int(entry["digest"]), [int(number) for number in entry.get("near", ())]
    else:
        value = _plain(entry)
        exact, near = hash64(value), near_hashes(value)
    return Identifier(code, exact, sorted({exact, *near}), known)


def _weak(key: str, entry: Mapping[str, Any]) -> int:
    scheme = str(entry.get("scheme", "")) or key
    value = str(entry["digest"]) if "digest" in entry else _plain(entry)
    return hash64(f"{scheme}:{value}")


def _plain(entry: Mapping[str, Any]) -> str:
    return _NOT_ALPHANUMERIC.sub("", str(entry["value"])).lower()
