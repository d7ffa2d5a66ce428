"""The lines of vCard 2.1, 3.0 and 4.0: unfolded, parsed and decoded, as tolerant as files in the wild ask for.

The library vobject was tried: it gives up on three of eighteen real files for one odd line each, and the time
its line pattern takes on `TEL;a,,,,` doubles with every comma.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LONGEST = 200_000  # characters of one logical line that are looked at
_BINARY = ("PHOTO", "LOGO", "SOUND", "KEY")
_QUOTED_PRINTABLE = "QUOTED-PRINTABLE"
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT", "Q"}
_PARAMETERS = re.compile(r';(?:([A-Za-z0-9_-]+)=)?((?:"[^"]*"|[^;:"])*)')
_NAME = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED = {"n": "\n", "N": "\n"}


@dataclass(frozen=True, slots=True)
class ContentLine:
    name: str  # in capitals
    value: str  # still escaped
    group: str = ""
    types: tuple[str, ...] = ()  # in small letters
    parameters: dict[str, str] = field(default_factory=dict)


def logical_lines(lines: Iterator[str]) -> Iterator[str]:
    """Physical lines joined where folded or softly broken; pictures and keys are cut to their first line."""
    current, is_binary = "", False
    for raw in lines:
        line = raw.rstrip("\r\n")
        if current and _is_soft_break(current):
            current = (current[:-1] + line)[:_LONGEST]
        elif not line:
            continue  # some programs write one after every line of a picture
        elif line[:1] in (" ", "\t"):
            if not is_binary and len(current) < _LONGEST:
                current += line[1:]
        else:
            if current:
                yield current
            current, is_binary = line, _is_binary(line)
    if current:
        yield current


def parse_line(line: str, encoding: str) -> ContentLine | None:
    """None for what is no content line. `encoding` is that of the file, for values in a character set of their own."""
    named = _NAME.match(line)
    if named is None:
        return None
    place, parameters, types = named.end(), dict[str, str](), list[str]()
    while found := _PARAMETERS.match(line, place):
        place = found.end()
        _add_parameter(found[1], found[2], parameters, types)
    if line[place : place + 1] != ":":
        return None
    value = _decoded(line[place + 1 :], parameters, encoding)
    return ContentLine(named[2].upper().replace("_", "-"), value, named[1] or "", tuple(types), parameters)


def split_parts(value: str, separator: str = ";") -> list[str]:
    """A structured value at its unescaped separators, still escaped."""
    parts, current, place = [], "", 0
    while place < len(value):
        if value[place] == "\\":
            current += value[place : place + 2]
            place += 2
            continue
        if value[place] == separator:
            parts.append(current)
            current = ""
        else:
            current += value[place]
        place += 1
    return [*parts, current]


def unescape(text: str) -> str:
    """Backslash escapes resolved, outer blanks off."""
    return _ESCAPE.sub(lambda found: _UNESCAPED.get(found[1], found[1]), text).strip()


def _is_soft_break(line: str) -> bool:
    return line[-1:] == "=" and _QUOTED_PRINTABLE in line.partition(":")[0].upper()


def _is_binary(line: str) -> bool:
    named = _NAME.match(line)
    return named is not None and named[2].upper() in _BINARY


def _add_parameter(name: str | None, value: str, parameters: dict[str, str], types: list[str]) -> None:
    """vCard 2.1 writes types and encodings without their parameter name."""
    value = value.strip().strip('"')
    if not name:
        name = "ENCODING" if value.upper() in _ENCODINGS else "TYPE"
    if name.upper() == "TYPE":
        types += [one.strip().lower() for one in value.replace('"', "").split(",") if one.strip()]
    else:
        parameters[name.upper()] = value


def _decoded(value: str, parameters: dict[str, str], encoding: str) -> str:
    written = parameters.get("ENCODING", "").upper()
    charset = parameters.get("CHARSET", "")
    if written not in (_QUOTED_PRINTABLE, "Q") and not charset:
        return _readable(value)
    raw = value.encode(encoding, "surrogateescape")
    if written in (_QUOTED_PRINTABLE, "Q"):
        raw = quopri.decodestring(raw)
    for codec in (charset, "utf-8", "cp1252"):
        try:
            return raw.decode(codec) if codec else _readable(raw.decode(encoding, "strict"))
        except (LookupError, UnicodeError):
            continue
    return raw.decode("latin-1")


def _readable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
