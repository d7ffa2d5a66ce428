"""contacts.vcf: the owner's address book, vCards 2.1, 3.0 and 4.0 as telephones and programs left them."""

import quopri
import random
from collections.abc import Iterator
from pathlib import Path

from customerfile.intake.demonstration.addresses import COUNTRY_NAMES, Address
from customerfile.intake.demonstration.phones import international
from customerfile.intake.demonstration.sightings import Sighting

_VERSIONS = ("3.0", "3.0", "4.0", "2.1")
_FOLD_AT = 70  # octets; RFC 6350 asks for at most 75


def write_address_book(rng: random.Random, path: Path, sightings: list[Sighting]) -> Path:
    """Writes one card per sighting; a card whose key is empty has no UID."""
    cards = (_card(seen, rng.choice(_VERSIONS)) for seen in sightings)
    path.write_bytes(b"".join(line + b"\r\n" for card in cards for line in card))
    return path


def _card(seen: Sighting, version: str) -> Iterator[bytes]:
    for name, value in _properties(seen, version):
        yield _quoted_printable(name, value) if version == "2.1" else _folded(f"{name}:{value}")


def _properties(seen: Sighting, version: str) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VCARD"
    yield "VERSION", version
    if seen.key:
        yield "UID", seen.key
    yield from _names(seen, version)
    if seen.born_on:
        yield "BDAY", f"{seen.born_on:%Y%m%d}" if version == "4.0" else seen.born_on.isoformat()
    yield from _contact_points(seen, version)
    yield "REV", f"{seen.updated_on:%Y%m%d}T090000Z"
    yield "END", "VCARD"


def _names(seen: Sighting, version: str) -> Iterator[tuple[str, str]]:
    if not seen.family_name:
        if version == "4.0":
            yield "KIND", "org"
        yield "N", ";;;;"
        yield "FN", _escape(seen.company)
    else:
        parts = (seen.family_name, seen.given_name, seen.middle_name, "", seen.suffix)
        yield "N", ";".join(_escape(part) for part in parts)
        yield (
            "FN",
            _escape(" ".join(part for part in (seen.given_name, seen.family_name, seen.suffix) if part)),
        )
    if seen.company:
        yield "ORG", _escape(seen.company)
    if seen.role:
        yield "TITLE", _escape(seen.role)


def _contact_points(seen: Sighting, version: str) -> Iterator[tuple[str, str]]:
    types = {"3.0": "TYPE=", "4.0": "TYPE=", "2.1": ""}[version]
    if seen.email:
        yield f"EMAIL;{types}INTERNET" if version != "4.0" else "EMAIL", seen.email
    if seen.mobile:
        yield f"TEL;{types}CELL", international(seen.mobile, seen.country)
    if seen.landline:
        yield f"TEL;{types}{'WORK' if seen.company else 'HOME'}", international(seen.landline, seen.country)
    if seen.address:
        yield f"ADR;{types}{'WORK' if seen.company else 'HOME'}", _address(seen.address)


def _address(address: Address) -> str:
    region = address.region if address.country == "US" else ""
    country = COUNTRY_NAMES[address.country]
    parts = ("", address.unit, address.line, address.city, region, address.postcode, country)
    return ";".join(_escape(part) for part in parts)


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _quoted_printable(name: str, value: str) -> bytes:
    if value.isascii():
        return f"{name}:{value}".encode()
    encoded = quopri.encodestring(value.encode(), quotetabs=False).replace(b"=\n", b"=\r\n")
    return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:".encode() + encoded


def _folded(line: str) -> bytes:
    """The line in pieces of few enough octets, cut between letters."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _FOLD_AT:
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece])
