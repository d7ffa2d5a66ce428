"""A full name in one text, split into its parts: titles, suffixes, particles, "Last, First", family name
first."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.values.eastern_families import is_family_first
from customerfile.values.name_order import (
    FAMILY_FIRST,
    TWO_FAMILY_NAMES,
    family_start,
    given_length,
    shouted_family,
    split_without_spaces,
)
from customerfile.values.names import (
    EMAIL_AS_NAME,
    LONGEST_NAME,
    NOT_A_NAME,
    PREFIXES,
    SUFFIXES,
    affix_key,
    recase,
)
from customerfile.values.nicknames import is_given_name
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import clean

_NICKNAME = re.compile(
    r"""\s*(?:"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|\(([^)]+)\)|(?<=\s)'([^']+)'(?=\s|$|,))\s*"""
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_TWO_PERSONS = re.compile(r"\s(?:&|\+|and|und|et|y|e)\s", re.IGNORECASE)
_MAIDEN = re.compile(r",?\s+(?:née|nee|geb\.|geborene|formerly)\s+(.+)$", re.IGNORECASE)
_LATE_SUFFIXES = frozenset(("v", "md", "vi", "rn", "ret", "2nd", "3rd", "4th", "5th"))
_AMBIGUOUS_PREFIXES = frozenset(
    ("don", "pan", "m", "lord", "sir", "col", "maj", "major", "mag", "ing", "father", "sister")
)
_SINGLE_NAMES = frozenset(("ID", "MM", "IN", "LK", "ET", "ER", "AF", "MN"))  # where many have no family name
_INITIAL_BEFORE = frozenset(("IN", "LK"))  # where the initial before a name is the father's
_INITIAL = re.compile(r"[A-Za-z]\.?|(?:[A-Za-z]\.){2,3}")
PARTS = ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "nickname")


@dataclass(slots=True)
class _Name:
    parts: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def standardise_person_name(raw: str | dict[str, str], context: Context) -> Outcome:
    """The parts of a full name: any of PARTS. Says in a note where the order had to be guessed."""
    if not isinstance(raw, str):
        raw = raw["value"] if "value" in raw else " ".join(raw[key] for key in PARTS if raw.get(key))
    outcome = _split(raw, context.country)
    if isinstance(outcome, Refused):
        return outcome
    parts, notes = outcome
    return Accepted(dict(parts), notes)


@lru_cache(1 << 14)
def _split(raw: str, country: str) -> Refused | tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    text = clean(raw, LONGEST_NAME)
    if isinstance(text, Refused):
        return text
    if not any(map(str.isalpha, text)):
        return NOT_A_NAME
    if "@" in text:
        return EMAIL_AS_NAME
    name = _Name()
    text = _take_aside(text.translate(_APOSTROPHES), name)
    words = _take_affixes(text, name)
    _place(words, country, name)
    if not name.parts.keys() & {"given_name", "family_name"}:
        return NOT_A_NAME
    ordered = tuple((key, _cased(key, name.parts[key])) for key in PARTS if name.parts.get(key))
    return ordered, tuple(name.notes)


def _cased(key: str, text: str) -> str:
    return text if key in ("name_prefix", "name_suffix") else recase(text)


def _take_aside(text: str, name: _Name) -> str:
    """The text without its nickname in quotes and without a birth name behind "née"."""
    if text.replace(" ", "").replace("-", "").isalpha() and "née" not in text and " nee " not in text:
        return text
    maiden = _MAIDEN.search(text)
    if maiden and maiden.start():
        name.notes.append(noted_text("birth name left out: {name}").format(name=maiden[1]))
        text = text[: maiden.start()]
    quoted = _NICKNAME.search(text)
    if quoted and (quoted.start() or quoted.end() < len(text)):
        nickname = next(group for group in quoted.groups() if group).strip(" ,")
        if nickname:
            name.parts["nickname"] = nickname
        text = f"{text[: quoted.start()]} {text[quoted.end() :]}"
    return " ".join(text.strip(' ,;*_|"').split())


def _take_affixes(text: str, name: _Name) -> list[str]:
    """The words in the order given family ("Smith, John" is turned), without titles and suffixes."""
    pieces = [piece.split() for piece in text.split(",") if piece.strip()]
    suffixes: list[str] = []
    while len(pieces) > 1 and all(affix_key(word) in SUFFIXES for word in pieces[-1]):
        suffixes = pieces.pop() + suffixes
    is_turned = len(pieces) > 1
    pieces = [_without_suffixes(piece, suffixes, certain=is_turned) for piece in pieces]
    if suffixes:
        name.parts["name_suffix"] = " ".join(SUFFIXES[affix_key(word)] for word in suffixes)
    if not is_turned:
        return _without_prefixes(pieces[0] if pieces else [], name)
    name.parts["family_name"] = " ".join(_without_prefixes(pieces[0], name))
    return _without_prefixes([word for piece in pieces[1:] for word in piece], name)


def _without_suffixes(words: list[str], suffixes: list[str], *, certain: bool) -> list[str]:
    """The words without suffixes at their end; one that may be a name needs two names before it."""
    taken: list[str] = []
    while len(words) > (1 if certain else 2) or (
        len(words) == 2 and words[-1].lower().strip(".") in ("jr", "jnr")
    ):
        key = affix_key(words[-1])
        if key not in SUFFIXES or (key in _LATE_SUFFIXES and len(words) < 3 and not certain):
            break
        taken.insert(0, words[-1])
        words = words[:-1]
    suffixes[:0] = taken
    return words


def _without_prefixes(words: list[str], name: _Name) -> list[str]:
    titles: list[str] = []
    joint = affix_key("".join(words[:3]))
    if len(words) > 3 and joint in PREFIXES:
        titles.append(PREFIXES[joint])
        words = words[3:]
    while len(words) > 1 and (key := affix_key(words[0])) in PREFIXES:
        if key in _AMBIGUOUS_PREFIXES and (len(words) < 3 and not words[0].endswith(".")):
            break
        titles.append(PREFIXES[key])
        words = words[1:]
    if titles:
        name.parts["name_prefix"] = " ".join(titles)
    return words


def _place(words: list[str], country: str, name: _Name) -> None:
    if not words:
        return
    if country in _INITIAL_BEFORE and name.parts.get("name_prefix") == "M":
        words = ["M.", *words]  # not Monsieur
        del name.parts["name_prefix"]
    if _TWO_PERSONS.search(" ".join(words)) and ("&" in words or "family_name" not in name.parts):
        name.notes.append(noted_text("this may name two persons; give each a row of its own"))
    if "family_name" in name.parts:
        _place_given(words, given_length(words), name)
    elif len(words) == 1:
        _place_single(words[0], country, name)
    else:
        _place_words(words, country, name)


def _place_given(words: list[str], length: int, name: _Name) -> None:
    name.parts["given_name"] = " ".join(words[:length])
    if words[length:]:
        name.parts["middle_name"] = " ".join(words[length:])


def _place_single(word: str, country: str, name: _Name) -> None:
    split = split_without_spaces(word)
    if split:
        name.parts["family_name"], name.parts["given_name"] = split
        name.notes.append(noted_text("family name read as the first part, as is usual in this script"))
    elif "name_prefix" not in name.parts and (country in _SINGLE_NAMES or is_given_name(word)):
        name.parts["given_name"] = word
        name.notes.append(noted_text("a single name, taken as the given name"))
    else:
        name.parts["family_name"] = word
        name.notes.append(noted_text("a single name, taken as the family name"))


def _place_words(words: list[str], country: str, name: _Name) -> None:
    shouted = shouted_family(words, country)
    if shouted:
        name.parts["family_name"] = " ".join(words[shouted])
        rest = words[: shouted.start] + words[shouted.stop :]
        name.notes.append(noted_text("family name read as the part in capitals"))
        _place_given(rest, given_length(rest), name)
        return
    is_first = is_family_first(words, country)
    if is_first or (is_first is None and country in FAMILY_FIRST and not is_given_name(words[0])):
        name.parts["family_name"] = words[0]
        given = words[-1:] if country == "VN" else words[1:]  # in Vietnam the middle name stands between
        _place_eastern(given, words[1 : len(words) - len(given)], name)
        name.notes.append(noted_text("family name read as the first word, as is usual in this country"))
    elif is_first is False:
        name.parts["family_name"] = words[-1]
        given = words[:1] if country == "VN" else words[:-1]
        _place_eastern(given, words[len(given) : -1], name)
    elif country in _INITIAL_BEFORE and len(words) == 2 and _INITIAL.fullmatch(words[0]):
        name.parts["given_name"], name.parts["middle_name"] = words[1], words[0]
        name.notes.append(noted_text("a single name behind an initial, taken as the given name"))
    else:
        start = family_start(words, two=country in TWO_FAMILY_NAMES)
        name.parts["family_name"] = " ".join(words[start:])
        _place_given(words[:start], given_length(words[:start]), name)


def _place_eastern(given: list[str], middle: list[str], name: _Name) -> None:
    name.parts["given_name"] = " ".join(given)
    if middle:
        name.parts["middle_name"] = " ".join(middle)
