"""From YAML to a FileDefinition: the shipped packs, and a user's file laid over them; all faults at once."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path

from customerfile.base.told import told
from customerfile.definition.attributes import did_you_mean, read_text, read_words
from customerfile.definition.checking import check
from customerfile.definition.document import MAX_BYTES, FaultList, Listing, Mapping, Scalar, read_document
from customerfile.definition.errors import DefinitionFault, UnknownPack, WrongDefinition
from customerfile.definition.overlay import OWN, SECTIONS, lay_over, read_declarations
from customerfile.definition.removal import read_removals, take_away
from customerfile.definition.schema import FileDefinition

PACK_NAMES = ("base", "retail", "bank", "nonprofit", "services", "professional")
_EMPTY = FileDefinition((), (), (), (), ())


def load_packs(names: Sequence[str]) -> FileDefinition:
    """The definition of these packs together, the base pack always first. Raises UnknownPack."""
    for name in names:
        if name not in PACK_NAMES:
            raise UnknownPack(told('There is no pack "{name}".', name=name), did_you_mean(name, PACK_NAMES))
    return _load(tuple(dict.fromkeys(("base", *names))))


def pack_label(name: str) -> str:
    """What a pack calls itself."""
    faults = FaultList(name)
    entry = _pack_document(name).entries["label"]
    return read_text(entry.node, faults) or name


def parse_definition(text: str, *, file: str) -> FileDefinition:
    """A user's file, complete with its packs, as version 0. Raises WrongDefinition, with every fault."""
    faults = FaultList(file)
    document = read_document(text, faults)
    _refuse_unknown_sections(document, ("packs", "remove", *SECTIONS), faults)
    below = load_packs(_read_packs(document, faults))
    laid = _lay(below, document, OWN, faults)
    if faults.found:
        raise WrongDefinition(faults.found)
    return laid


def read_definition_file(path: Path) -> str:
    """The text of a definition file. Raises WrongDefinition where it is no UTF-8 text of a sane size."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(
            path, 0, f"The file cannot be read: {error.strerror}.", "Check its path."
        ) from error
    if len(content) > MAX_BYTES:
        raise _unreadable(
            path, 0, f"The file is larger than {MAX_BYTES} bytes.", "Remove what is not definition."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, line, "The text is not UTF-8.", "Save the file as UTF-8.") from error


def _unreadable(path: Path, line: int, reason: str, remedy: str) -> WrongDefinition:
    return WrongDefinition([DefinitionFault(str(path), line, reason, remedy)])


@lru_cache(maxsize=64)
def _load(names: tuple[str, ...]) -> FileDefinition:
    definition = replace(_EMPTY, packs=names)
    for name in names:
        faults = FaultList(f"packs/{name}.yaml")
        definition = _lay(definition, _pack_document(name), name, faults)
        if faults.found:
            raise WrongDefinition(faults.found)
    return definition


@lru_cache(maxsize=len(PACK_NAMES))
def _pack_document(name: str) -> Mapping:
    faults = FaultList(f"packs/{name}.yaml")
    text = resources.files("customerfile.definition.packs").joinpath(f"{name}.yaml").read_text("utf-8")
    document = read_document(text, faults)
    _refuse_unknown_sections(document, ("pack", "label", *SECTIONS), faults)
    if faults.found:
        raise WrongDefinition(faults.found)
    return document


def _lay(below: FileDefinition, document: Mapping, pack: str, faults: FaultList) -> FileDefinition:
    removals = read_removals(document, below, faults)
    remaining = take_away(below, removals)
    declared = read_declarations(document, faults)
    laid = lay_over(remaining, declared, pack)
    check(laid, remaining, declared, removals, faults)
    return laid


def _refuse_unknown_sections(document: Mapping, known: tuple[str, ...], faults: FaultList) -> None:
    for key, entry in document.entries.items():
        if key not in known:
            faults.add(entry.line, f'There is no section "{key}".', did_you_mean(key, known))


def _read_packs(document: Mapping, faults: FaultList) -> tuple[str, ...]:
    entry = document.entries.get("packs")
    if entry is None:
        return ("base",)
    names = read_words(entry.node, faults) or ()
    for item in entry.node.items if isinstance(entry.node, Listing) else ():
        if isinstance(item, Scalar) and item.text not in PACK_NAMES:
            faults.add(item.line, f'There is no pack "{item.text}".', did_you_mean(item.text, PACK_NAMES))
    return tuple(name for name in names if name in PACK_NAMES)
