"""What each attribute of a declaration may hold and how it is read: one reader per shape of value."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from customerfile.definition.document import FaultList, Listing, Mapping, Node, Scalar
from customerfile.definition.schema import MatchRole, PrivacyClass, PropertyDefinition, Survivorship

LAWFUL_BASES = (
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
)
PERIOD_STARTS = ("last_contact", "end_of_contract", "collection")
CATEGORIES = ("purchase", "interaction", "behaviour", "account", "note")
COUNTS_AS = ("value", "exposure", "nothing")  # the balance of an agreement
MASKS = ("none", "last4", "year", "all")
SEARCHES = ("none", "name", "place", "identifier")
ENTRIES = ("required", "at_once", "more", "never")  # when somebody enters a customer

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # PostgreSQL or UTF-8 refuse some of these

type Value = str | int | bool | tuple[str, ...] | tuple[PropertyDefinition, ...]
type Reader = Callable[[Node, FaultList], Value | None]  # None: refused, and said in the faults


@dataclass(frozen=True, slots=True)
class Declaration:
    """The attributes that a file gives to one key, each with its line."""

    key: str
    line: int
    values: dict[str, Value]
    lines: dict[str, int]

    def line_of(self, attribute: str) -> int:
        """The line of an attribute, or of a part of it ("purposes.marketing"), or else of the key."""
        whole = attribute.partition(".")[0]
        return self.lines.get(attribute) or self.lines.get(whole, self.line)

    def was_refused(self, attribute: str) -> bool:
        """Was this attribute written, but could not be read?"""
        whole = attribute.partition(".")[0]
        return whole in self.lines and whole not in self.values


def read_declaration(
    key: str, line: int, node: Node, readers: dict[str, Reader], faults: FaultList
) -> Declaration:
    """Reads the attributes of one key; unknown and unreadable ones become faults and are left out."""
    declared = Declaration(key, line, {}, {})
    if not isinstance(node, Mapping):
        faults.add(line, f'"{key}" holds no attributes.', "Indent them below it, as in `label: Shoe size`.")
        return declared
    for name, entry in node.entries.items():
        if name not in readers:
            reason = f'"{name}" is not an attribute of "{key}".'
            faults.add(entry.line, reason, did_you_mean(name, readers))
            continue
        declared.lines[name] = entry.line
        declared.lines.update(_lines_of_parts(name, entry.node))
        value = readers[name](entry.node, faults)
        if value is not None:
            declared.values[name] = value
    return declared


def _lines_of_parts(attribute: str, node: Node) -> dict[str, int]:
    if isinstance(node, Mapping):
        return {f"{attribute}.{key}": entry.line for key, entry in node.entries.items()}
    if isinstance(node, Listing):
        return {f"{attribute}.{item.text}": item.line for item in node.items if isinstance(item, Scalar)}
    return {}


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A remedy that names the nearest known word, or all of them where none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    return f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(known) or 'none'}."


def read_text(node: Node, faults: FaultList) -> str | None:
    if not isinstance(node, Scalar):
        faults.add(node.line, "A single text is expected here.", "Write one value, not a list.")
        return None
    if _UNSTORABLE.search(node.text):
        faults.add(node.line, "The text holds a control character.", "Remove it.")
        return None
    return "" if node.plain and node.text in ("~", "null") else node.text.strip()


def read_flag(node: Node, faults: FaultList) -> bool | None:
    if isinstance(node, Scalar) and node.plain and node.text.lower() in ("true", "false"):
        return node.text.lower() == "true"
    faults.add(node.line, "A yes-or-no value is expected here.", "Write true or false, without quotes.")
    return None


def read_count(node: Node, faults: FaultList) -> int | None:
    if isinstance(node, Scalar) and node.text.isascii() and node.text.isdigit() and len(node.text) < 5:
        return int(node.text)
    faults.add(node.line, "A whole number is expected here.", "Write digits only, 9999 at most.")
    return None


def read_words(node: Node, faults: FaultList) -> tuple[str, ...] | None:
    """A list of distinct texts."""
    if not isinstance(node, Listing):
        faults.add(node.line, "A list is expected here.", "Write [one, two], or one line with a dash each.")
        return None
    words: list[str] = []
    for item in node.items:
        word = read_text(item, faults)
        if word == "":
            faults.add(item.line, "The list holds an empty entry.", "Remove it.")
        elif word in words:
            faults.add(item.line, f'"{word}" stands twice in the list.', "Keep one.")
        elif word is not None:
            words.append(word)
    return tuple(words)


def one_of(words: Collection[str]) -> Reader:
    def read(node: Node, faults: FaultList) -> str | None:
        text = read_text(node, faults)
        if text is None or text in words:
            return text
        faults.add(node.line, f'"{text}" is not possible here.', did_you_mean(text, words))
        return None

    return read


def member_of(kind: type[StrEnum]) -> Reader:
    read = one_of([member.value for member in kind])

    def read_member(node: Node, faults: FaultList) -> StrEnum | None:
        text = read(node, faults)
        return None if text is None else kind(str(text))

    return read_member


def read_properties(node: Node, faults: FaultList) -> tuple[PropertyDefinition, ...] | None:
    """Properties by key: either the type alone, or `{type: ..., required: true}`."""
    if not isinstance(node, Mapping):
        faults.add(node.line, "Properties are expected here.", "Write {order_id: identifier, total: money}.")
        return None
    found = (_read_property(key, entry.node, entry.line, faults) for key, entry in node.entries.items())
    return tuple(declared for declared in found if declared is not None)


def _read_property(key: str, node: Node, line: int, faults: FaultList) -> PropertyDefinition | None:
    if isinstance(node, Scalar):
        return PropertyDefinition(key, node.text.strip())
    declared = read_declaration(key, line, node, {"type": read_text, "required": read_flag}, faults)
    return PropertyDefinition(
        key, str(declared.values.get("type", "")), bool(declared.values.get("required", False))
    )


FIELD_ATTRIBUTES: dict[str, Reader] = {
    "label": read_text,
    "type": read_text,
    "group": read_text,
    "privacy": member_of(PrivacyClass),
    "purposes": read_words,
    "retention": read_text,
    "survivorship": member_of(Survivorship),
    "applies_to": read_words,
    "multiple": read_flag,
    "match": member_of(MatchRole),
    "choices": read_words,
    "validator": read_text,
    "validator_hint": read_text,
    "mask": one_of(MASKS),
    "search": one_of(SEARCHES),
    "required": read_flag,
    "entry": one_of(ENTRIES),
    "help": read_text,
}
EVENT_ATTRIBUTES: dict[str, Reader] = {
    "label": read_text,
    "category": one_of(CATEGORIES),
    "properties": read_properties,
    "without": read_words,
    "privacy": member_of(PrivacyClass),
    "retention": read_text,
}
AGREEMENT_ATTRIBUTES: dict[str, Reader] = {
    "label": read_text,
    "counts_as": one_of(COUNTS_AS),
    "terms": read_properties,
    "without": read_words,
    "privacy": member_of(PrivacyClass),
    "retention": read_text,
}
PURPOSE_ATTRIBUTES: dict[str, Reader] = {"label": read_text, "lawful_basis": one_of(LAWFUL_BASES)}
RETENTION_ATTRIBUTES: dict[str, Reader] = {
    "label": read_text,
    "months": read_count,
    "starts": one_of(PERIOD_STARTS),
}
