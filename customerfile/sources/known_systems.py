"""The exports of known systems, from known_headers/*.yaml: which columns tell them, and what each column
means.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import yaml

from customerfile.sources.mapping import GENERATED, ColumnMapping

WORDS_FILE = "words.yaml"
_NUMBER = re.compile(r"\\\{n\\\}")


@dataclass(frozen=True, slots=True)
class KnownSystem:
    name: str
    signature: frozenset[str]  # columns that every export of the system has
    key: tuple[str, ...]
    key_else_generated: bool  # a record may lack the key, and gets one made from its content
    split: str
    patterns: tuple[tuple[re.Pattern[str], str], ...]  # header, target with {n}
    uses: dict[str, str]
    transforms: dict[str, str]
    constants: dict[str, str]  # target -> value, for groups that the file has
    prefixes: tuple[str, ...] = ()  # that a column may carry ("FEATURES." in flattened JSON Lines)

    def column(self, header: str) -> ColumnMapping | None:
        """What a column means in this system, or None where it is none of a customer file's business."""
        bare = next((header.removeprefix(one) for one in self.prefixes if header.startswith(one)), header)
        for pattern, target in self.patterns:
            if found := pattern.fullmatch(bare):
                text = target.replace("{n}", found[1]) if "{n}" in target else target
                split = "" if text.endswith(".use") else self.split
                use, transform = self.uses.get(header, ""), self.transforms.get(header, "")
                return ColumnMapping(header, (text,), transform, split, use, 0.99)
        return None


def recognise_system(columns: tuple[str, ...]) -> KnownSystem | None:
    """The system whose signature the columns bear; of several, the one with the longest signature."""
    present = set(columns)
    bearing = [system for system in known_systems() if system.signature <= present]
    return max(bearing, key=lambda system: len(system.signature), default=None)


@lru_cache(maxsize=1)
def known_systems() -> tuple[KnownSystem, ...]:
    folder = resources.files("customerfile.sources") / "known_headers"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    return tuple(_system(file) for file in files if file.name != WORDS_FILE)


def _system(file: Traversable) -> KnownSystem:
    entry = yaml.safe_load(file.read_text(encoding="utf-8"))
    key = tuple(entry.get("key", ()))
    return KnownSystem(
        name=entry["name"],
        signature=frozenset(entry["signature"]),
        key=tuple(column for column in key if column != GENERATED),
        key_else_generated=GENERATED in key,
        split=entry.get("split", ""),
        patterns=tuple((_pattern(header), target) for header, target in entry["columns"].items()),
        uses=entry.get("uses", {}),
        transforms=entry.get("transforms", {}),
        constants=entry.get("constants", {}),
        prefixes=tuple(entry.get("prefixes", ())),
    )


def _pattern(header: str) -> re.Pattern[str]:
    return re.compile(_NUMBER.sub(r"([1-9][0-9]?)", re.escape(header)))
