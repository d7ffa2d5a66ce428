"""Units within a house (flat, apartment, floor and door) as a street line or a second address line names them."""

import re

from customerfile.values.words import words

_WORDS = (
    "apartment apt unit suite ste flat room rm lot trlr floor fl building bldg block bl"
    " piso puerta pta esc departamento depto dpto dto int interior interno"
    " appartement appt app étage etage wohnung whg top bus boîte boite bte"
    " lgh lokal lok kat daire sala bloco andar apto ap"
)
_HINTS = words(_WORDS) | {"m", "#"}
_SPACED = str.maketrans(
    {**dict.fromkeys("0123456789.,-", " "), "#": " # ", "º": " # ", "°": " # ", "ª": " # "}
)
_WORD = rf"(?:{'|'.join(_WORDS.split())}|m(?=\.))"
_VALUE = (
    r"(?:\d+\s?[-ºª°]?\s?[A-Za-zºª°]{0,3}|[A-Za-z]{1,2}[- ]?\d{0,5}|[A-Za-z]?-?\d+[A-Za-z]?"
    r"|\d{1,3}-\d{1,4}[A-Za-z]?)"
)
_NAMED = rf"(?:{_WORD}(?:\.\s*|\s+|(?=[\d#]))(?:n[º°]\.?\s*)?#?|#)\s*(?P<value>{_VALUE})"
_WHOLE = re.compile(_NAMED, re.IGNORECASE)
_BEHIND = re.compile(rf"(?P<rest>.*[\w.])(?:,\s*|\s+){_NAMED}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_NAMED}(?:,\s*|\s+)(?P<rest>\d.*|[^\W\d].*\d.*)", re.IGNORECASE)
_BARE = re.compile(r"(?P<value>\d{1,3}\s?[º°ª](?:\s?[A-Za-z]{1,4}\.?)?|\d{1,2}\s?[A-Z])", re.IGNORECASE)
_FLOOR_AND_DOOR = re.compile(
    r"(?P<rest>.*\d[A-Za-z]?),\s*(?P<value>\d{1,2}\s?[º°ª-]\s?(?:[A-Za-z\d]{1,4})?\.?)"
)


def unit_of(text: str) -> str:
    """The unit that a second address line names ("Apt 4B" -> "4B"), or "" where it is something else."""
    match = _WHOLE.fullmatch(text.strip(" ,.")) or _BARE.fullmatch(text.strip(" ,."))
    return _compact(match["value"]) if match else ""


def may_name_unit(line: str) -> bool:
    """A quick look whether any word of the line names a unit, or a comma sets off a floor and door."""
    return not _HINTS.isdisjoint(line.lower().translate(_SPACED).split()) or line.count(",") > 0


def without_unit(line: str) -> tuple[str, str]:
    """(the line without the unit that it names, the unit); the unit is "" where it names none."""
    if not may_name_unit(line):
        return line, ""
    first = _BEFORE.fullmatch(line)
    if first:
        return first["rest"], _compact(first["value"])
    last = _BEHIND.fullmatch(line)
    if last and any(map(str.isdigit, last["rest"])):
        return last["rest"].rstrip(" ,"), _compact(last["value"])
    door = _FLOOR_AND_DOOR.fullmatch(line)
    return (door["rest"], _compact(door["value"])) if door else (line, "")


def _compact(value: str) -> str:
    return re.sub(r"[\sºª°.]|(?<=\d)-(?=[A-Za-z])", "", value).upper()
