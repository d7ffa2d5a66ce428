"""What a customer can be found by: words of names and places, contact points, identifiers. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from customerfile.customers.golden.golden import Canonical
from customerfile.values.folding import fold

NAME_FIELDS = (
    "given_name",
    "middle_name",
    "family_name",
    "nickname",
    "organisation_name",
    "trading_name",
    "contact_person",
)
LONGEST_TOKEN = 40


class Contact(NamedTuple):
    channel: str
    value: str
    use: str
    search: str


class FoundBy(NamedTuple):
    digest: int
    field: str
    scheme: str
    shown: str


def name_words(values: Mapping[str, Any]) -> set[str]:
    """The folded words of every name in a canonical or golden record."""
    words: set[str] = set()
    for key in NAME_FIELDS:
        value = values.get(key)
        if type(value) is str:
            words.update(fold(value).split())
    return {word[:LONGEST_TOKEN] for word in words}


def place_words(values: Mapping[str, Any]) -> set[str]:
    """The folded words of towns, and postcodes without blanks (also the part before the blank)."""
    words: set[str] = set()
    for address in values.get("address", ()):
        words.update(fold(address.get("city", "")).split())
        words.update(_postcode_words(address.get("postcode", "")))
    return {word[:LONGEST_TOKEN] for word in words}


def _postcode_words(postcode: str) -> Iterator[str]:
    parts = fold(postcode).split()
    if parts:
        yield "".join(parts)
    if len(parts) > 1:
        yield parts[0]


def contacts(values: Mapping[str, Any]) -> list[Contact]:
    """The contact points of a golden record, each once, in the order of the golden values."""
    found: dict[tuple[str, str], Contact] = {}
    for contact in _contacts(values):
        found.setdefault((contact.channel, contact.value), contact)
    return list(found.values())


def _contacts(values: Mapping[str, Any]) -> Iterator[Contact]:
    for email in values.get("email", ()):
        yield Contact("email", email["value"], email.get("use", ""), email["value"].lower())
    for phone in values.get("phone", ()):
        yield Contact("phone", phone["value"], phone.get("use", ""), reversed_digits(phone["value"]))
    for address in values.get("address", ()):
        if address.get("line") or address.get("city") or address.get("postcode"):  # more than a country
            yield Contact("postal", one_line(address), address.get("use", ""), "")


def reversed_digits(phone: str) -> str:
    """A phone's digits from the end: its ending is looked up as a beginning. "~" keeps them apart from e-mails."""
    number = phone.partition(";")[0].removeprefix("+")
    if not (number.isascii() and number.isdigit()):
        number = "".join(filter(str.isdigit, number))
    return "~" + number[::-1]


def one_line(address: Mapping[str, str]) -> str:
    """An address on one line."""
    place = " ".join(part for part in (address.get("postcode", ""), address.get("city", "")) if part)
    parts = (
        address.get("line", ""),
        address.get("line_2", ""),
        place,
        address.get("region", ""),
        address.get("country", ""),
    )
    return ", ".join(part for part in parts if part)


def identifiers(values: Mapping[str, Any], identifier_fields: Iterable[str]) -> list[FoundBy]:
    """The identifiers of a golden record, each digest once."""
    found: dict[int, FoundBy] = {}
    for field in identifier_fields:
        if field not in values:
            continue
        for item in _items(values[field]):
            digest = item["digest"] if "digest" in item else identifier_digest(item["value"])
            shown = item.get("masked") or item["value"]
            found.setdefault(digest, FoundBy(digest, field, item.get("scheme", ""), shown))
    return list(found.values())


def _items(value: Any) -> list[dict[str, Any]]:
    if value is None:
        return []
    if type(value) is list:
        return value
    return [value] if type(value) is dict else [{"value": str(value)}]


def identifier_digest(text: str) -> int:
    """The 64-bit key an identifier that is not sealed is looked up by: letters and digits only, case ignored."""
    compact = "".join(char for char in text.upper() if char.isalnum())
    return int.from_bytes(hashlib.blake2b(compact.encode(), digest_size=8).digest(), signed=True)


def display_name(kind: str, values: Canonical, *, nameless: str = "No name") -> str:
    """How the customer is shown: a person's names in order, or an organisation's with its legal form."""
    person = _ended(
        _joined(values, "given_name", "middle_name", "family_name"), values.get("name_suffix", "")
    )
    organisation = _ended(values.get("organisation_name", ""), values.get("legal_form", ""))
    shown = (organisation or person) if kind == "organisation" else (person or organisation)
    number = _first_value(values, "customer_number")
    numbered = f"Customer {number}" if number else nameless
    return shown or _first_value(values, "email") or _first_value(values, "phone") or numbered


def sort_name(kind: str, values: Canonical) -> str:
    """What lists are ordered by: family name first for people; nameless customers come last."""
    if kind == "person" and ("family_name" in values or "given_name" in values):
        family, given = (
            fold(values.get("family_name", "")),
            fold(_joined(values, "given_name", "middle_name")),
        )
        return f"{family}, {given}"  # the comma sorts before any letter: Abbott before Abbott-Hill
    return fold(display_name(kind, values)) or "~"


def _joined(values: Canonical, *keys: str) -> str:
    return " ".join(values[key] for key in keys if values.get(key))


def _ended(text: str, ending: str) -> str:
    """The text with its ending, which may stand there already (Sr, Ltd)."""
    if not text or not ending or text.endswith(f" {ending}"):
        return text
    return f"{text} {ending}"


def _first_value(values: Canonical, key: str) -> str:
    items = values.get(key) or []
    return str(items[0]["value"]) if items else ""
