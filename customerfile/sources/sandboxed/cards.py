"""vCards as rows: one card, one row, under the columns that known_headers/vcard.yaml names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from customerfile.base.told import noted_text
from customerfile.sources.sandboxed.content_lines import (
    ContentLine,
    logical_lines,
    parse_line,
    split_parts,
    unescape,
)
from customerfile.sources.sandboxed.request import About, Refusal, Request, WireRow

_NAME_PARTS = ("Family Name", "Given Name", "Additional Name", "Name Prefix", "Name Suffix")
_ADDRESS_PARTS = ("PO Box", "Extended", "Street", "City", "Region", "Postal Code", "Country")
_SINGLE = {
    "FN": "Formatted Name", "NICKNAME": "Nickname", "BDAY": "Birthday", "TITLE": "Title", "ROLE": "Role",
    "NOTE": "Note", "UID": "UID", "REV": "Revised", "LANG": "Language", "CATEGORIES": "Categories",
    "ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary", "X-MS-ANNIVERSARY": "Anniversary",
    "X-GENDER": "Gender", "MAILER": "Mailer", "IMPP": "IM",
}  # fmt: skip
_NUMBERED = {"EMAIL": "E-mail", "TEL": "Phone", "URL": "Website"}
_SAYS_NOTHING = frozenset(("internet", "pref", "voice", "msg", "text", "x-internet", "video", "parcel"))
_FIRST = (
    "Card Kind",
    *("Formatted Name", *_NAME_PARTS),
    "Nickname",
    "Organization",
    "Department",
    "Title",
    "Role",
)
_TEXT_KEPT = 10_000
_UNCLOSED = (
    noted_text("The card is not closed by END:VCARD."),
    noted_text("Export the card again; the file may be cut short."),
)
_NOBODY = (
    noted_text("The card holds no name, organisation, e-mail address or phone number."),
    noted_text("Fill the card in, or leave it out."),
)


@dataclass(slots=True)
class _Card:
    lines: list[ContentLine] = field(default_factory=list)
    text: str = ""
    unread: int = 0
    is_closed: bool = False


def about(request: Request) -> About:
    """The columns that the cards fill, and how many cards there are."""
    names: dict[str, None] = dict.fromkeys(_FIRST[:2])
    cards = unread = 0
    for card in _cards(request):
        cards += 1
        unread += card.unread
        names.update(dict.fromkeys(_columns(card)))
    if not cards:
        raise Refusal(
            noted_text("The file holds no vCard."),
            noted_text("Export the contacts again, as vCard (.vcf) or CSV."),
        )
    left_out = noted_text("{number} lines in the cards could not be read and are left out.")
    notes = (left_out.format(number=unread),) if unread else ()
    rest = sorted((name for name in names if name not in _FIRST), key=_column_order)
    first = [name for name in _FIRST if name in names]
    return About((*first, *rest), rows=cards, notes=notes)


def rows(request: Request) -> Iterator[WireRow]:
    """One row per card, numbered from 1; a card that cannot be used is faulty and keeps its text."""
    for number, card in enumerate(_cards(request), start=1):
        found = _columns(card)
        fault = _UNCLOSED if not card.is_closed else _NOBODY if not found else ("", "")
        if fault[0]:
            yield number, [], card.text[:_TEXT_KEPT], *fault
        else:
            yield number, [found.get(name) for name in request.columns or ()], "", "", ""


def _cards(request: Request) -> Iterator[_Card]:
    """A card within a card (an agent, in vCard 2.1) belongs to nobody here and is passed over."""
    card, depth = None, 0
    errors = "replace" if request.encoding.startswith("utf-16") else "surrogateescape"
    narrow = "utf-8" if errors == "replace" else request.encoding
    with open(request.path, encoding=request.encoding, errors=errors, newline=None) as file:
        for line in logical_lines(iter(file)):
            parsed = parse_line(line, narrow)
            marker = (parsed.name, parsed.value.strip().upper()) if parsed else ("", "")
            if marker == ("BEGIN", "VCARD"):
                if card is not None and not _begins_agent(card):
                    yield card
                    card, depth = None, 0
                depth += 1
                card = card or _Card()
            elif marker == ("END", "VCARD") and card is not None:
                depth -= 1
                if not depth:
                    card.is_closed = True
                    yield card
                    card = None
            elif card is not None and depth == 1:
                _add_line(card, line, parsed)
    if card is not None:
        yield card


def _begins_agent(card: _Card) -> bool:
    return bool(card.lines) and card.lines[-1].name == "AGENT" and not card.lines[-1].value.strip()


def _add_line(card: _Card, line: str, parsed: ContentLine | None) -> None:
    if len(card.text) < _TEXT_KEPT:
        card.text += line[:_TEXT_KEPT].encode("utf-8", "backslashreplace").decode() + "\n"
    if parsed is not None:
        card.lines.append(parsed)
    elif line.strip():
        card.unread += 1


def _columns(card: _Card) -> dict[str, str]:
    labels = {
        line.group: _label(line.value) for line in card.lines if line.name == "X-ABLABEL" and line.group
    }
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for line in card.lines:
        if line.name in _NUMBERED:
            _add_numbered(found, counts, _NUMBERED[line.name], line, labels)
        elif line.name == "ADR":
            _add_address(found, counts, line, labels)
        elif line.name in _SINGLE:
            _add(found, _SINGLE[line.name], unescape(line.value))
        else:
            _add_structured(found, line)
    return found


def _add_structured(found: dict[str, str], line: ContentLine) -> None:
    if line.name == "N":
        for name, part in zip(_NAME_PARTS, split_parts(line.value), strict=False):
            _add(found, name, " ".join(filter(None, map(unescape, split_parts(part, ",")))))
    elif line.name == "ORG":
        organisation, *departments = map(unescape, split_parts(line.value))
        _add(found, "Organization", organisation)
        _add(found, "Department", ", ".join(filter(None, departments)))
    elif line.name == "GENDER":
        _add(found, "Gender", unescape(split_parts(line.value)[0]))
    elif line.name == "KIND":
        _add(found, "Card Kind", line.value.strip())
    elif line.name == "X-ABSHOWAS" and line.value.strip().upper() == "COMPANY":
        _add(found, "Card Kind", "organization")


def _add(found: dict[str, str], name: str, text: str) -> None:
    """A second value of a single property gets a column of its own; one that only repeats the first gets none."""
    if not text or found.get(name) == text:
        return
    number, column = 1, name
    while column in found:
        number += 1
        column = f"{name} ({number})"
    found[column] = text


def _add_numbered(
    found: dict[str, str], counts: Counter[str], name: str, line: ContentLine, labels: dict[str, str]
) -> None:
    text = unescape(line.value)
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("tel", "mailto"):
        text = rest.replace(";ext=", " ext. ")
    if text:
        counts[name] += 1
        found[f"{name} {counts[name]} - Value"] = text
        if use := _use(line, labels):
            found[f"{name} {counts[name]} - Type"] = use


def _add_address(
    found: dict[str, str], counts: Counter[str], line: ContentLine, labels: dict[str, str]
) -> None:
    parts = [", ".join(unescape(part).split("\n")) for part in split_parts(line.value)]
    if "LABEL" in line.parameters:
        # A label that is not quoted may hold colons: what stands before the last one is still label.
        parts[0] = parts[0].rpartition(":")[2]
    if any(parts):
        counts["Address"] += 1
        prefix = f"Address {counts['Address']} - "
        found |= {prefix + name: text for name, text in zip(_ADDRESS_PARTS, parts, strict=False) if text}
        if use := _use(line, labels):
            found[f"{prefix}Type"] = use


def _use(line: ContentLine, labels: dict[str, str]) -> str:
    types = [one for one in line.types if one not in _SAYS_NOTHING]
    return " ".join(types) or labels.get(line.group, "")


def _label(value: str) -> str:
    """ "_$!<HomePage>!$_" -> "HomePage"."""
    return unescape(value).removeprefix("_$!<").removesuffix(">!$_")


def _column_order(name: str) -> tuple[int, str, int, str]:
    """Single columns first, then e-mail, phone, address and website columns by their number."""
    stem, _, part = name.partition(" - ")
    kind, _, number = stem.rpartition(" ")
    if not part or not number.isdigit():
        return 0, name, 0, ""
    return 1, kind, int(number), part
