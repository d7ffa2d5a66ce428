"""The match model: one versioned artefact that holds every level, weight, veto and threshold. Frozen once loaded."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from customerfile.base.told import told
from customerfile.matching.blocking_rules import RULES
from customerfile.matching.errors import BadModel
from customerfile.matching.levels import LEVELS

SCHEMA_VERSION = 1
NULL = -1  # the level of a comparison where either side says nothing


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison, with its probability among matching (m) and other (u) pairs."""

    name: str
    words: str
    m: float
    u: float

    @property
    def weight(self) -> float:
        """The match weight: log2 of the Bayes factor m/u."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group of correlated fields that is weighed once. A pair's level is an index into `levels`."""

    name: str
    levels: tuple[Level, ...]

    def index(self, level: str) -> int:
        """The number of the level with this name; "unknown" is -1. Raises KeyError where there is none."""
        if level == "unknown":
            return NULL
        for position, candidate in enumerate(self.levels):
            if candidate.name == level:
                return position
        raise KeyError(f"{self.name}.{level}")


type LevelSets = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Veto:
    """A pair at all the `when` levels never links, unless it also stands at one of the `unless` levels.

    Between two groups of records the veto holds for every such pair, but is lifted where another pair between the
    groups stands at a `lifted_by` level (an empty `lifted_by` is never lifted).
    """

    name: str
    words: str
    when: LevelSets
    unless: LevelSets
    lifted_by: LevelSets


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Match weights: at `link` two records join, from `review` on a person is asked; `cohesion` holds groups."""

    link: float
    review: float
    cohesion: float


@dataclass(frozen=True, eq=False)
class MatchModel:
    """A loaded model. `hash` is the SHA-256 of the artefact's canonical JSON and is stamped on every link."""

    name: str
    hash: str
    comparisons: tuple[Comparison, ...]
    vetoes: tuple[Veto, ...]
    thresholds: Thresholds
    frequencies: Mapping[str, Mapping[str, int]]  # name table -> folded name -> bucket, 1 (uncommon) and up
    name_genders: Mapping[str, str]  # folded given name -> "f" or "m", where it tells
    blocking_keys: tuple[str, ...]
    max_block_size: int
    card: Mapping[str, Any]
    positions: Mapping[str, int] = field(default_factory=dict)
    weights: tuple[NDArray[np.float64], ...] = ()  # by comparison, level + 1 -> match weight

    def position(self, comparison: str) -> int:
        """The column of a comparison in the levels of a scored pair."""
        return self.positions[comparison]


@cache
def default_model() -> MatchModel:
    """The pretrained general model that ships with the package."""
    return parse_model(shipped_artefact())


def shipped_artefact() -> str:
    """The artefact of the model that ships, as its JSON text."""
    folder = resources.files("customerfile.matching")
    return folder.joinpath("models", "default.json").read_text(encoding="utf-8")


def load_model(path: Path | str) -> MatchModel:
    """A model from a file. Raises BadModel, with the remedy, where it is not one this version can use."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadModel(
            told("The model file {path} cannot be read: {reason}.", path=path, reason=error)
        ) from error
    return parse_model(text)


def parse_model(text: str) -> MatchModel:
    """A model from the text of its artefact."""
    try:
        raw = json.loads(text)
        version = raw["schema_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadModel("This is not a match model: it is not JSON with a schema_version.") from error
    if version != SCHEMA_VERSION:
        raise BadModel(
            told(
                "The model has schema version {version}; this program reads version {known}.",
                version=version,
                known=SCHEMA_VERSION,
            )
        )
    try:
        return _built(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise BadModel(
            told("The match model is incomplete or inconsistent: {reason}.", reason=error)
        ) from error


def artefact_hash(raw: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces), so that layout does not change it."""
    canonical = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _built(raw: Mapping[str, Any]) -> MatchModel:
    comparisons = tuple(_comparison(entry) for entry in raw["comparisons"])
    unknown = set(raw["blocking_keys"]) - RULES.keys()
    if unknown:
        raise ValueError(f"there is no blocking rule {', '.join(sorted(unknown))}")
    by_name = {comparison.name: comparison for comparison in comparisons}
    return MatchModel(
        name=raw["name"],
        hash=artefact_hash(raw),
        comparisons=comparisons,
        vetoes=tuple(_veto(entry, by_name) for entry in raw["vetoes"]),
        thresholds=Thresholds(**raw["thresholds"]),
        frequencies=raw["frequencies"],
        name_genders=raw["name_genders"],
        blocking_keys=tuple(raw["blocking_keys"]),
        max_block_size=int(raw["max_block_size"]),
        card=raw["card"],
        positions={comparison.name: position for position, comparison in enumerate(comparisons)},
        weights=tuple(_weight_table(comparison) for comparison in comparisons),
    )


def _comparison(entry: Mapping[str, Any]) -> Comparison:
    levels = tuple(Level(**level) for level in entry["levels"])
    if tuple(level.name for level in levels) != LEVELS.get(entry["name"]):
        raise ValueError(f"the levels of {entry['name']} are not those this program compares")
    for level in levels:
        if not (0 < level.m <= 1 and 0 < level.u <= 1):
            raise ValueError(f"{entry['name']}.{level.name} needs m and u above 0 and at most 1")
    return Comparison(entry["name"], levels)


def _veto(entry: Mapping[str, Any], comparisons: Mapping[str, Comparison]) -> Veto:
    def sets(part: str) -> LevelSets:
        chosen = entry.get(part, {})
        return {
            name: frozenset(comparisons[name].index(level) for level in levels)
            for name, levels in chosen.items()
        }

    return Veto(entry["name"], entry["words"], sets("when"), sets("unless"), sets("lifted_by"))


def _weight_table(comparison: Comparison) -> NDArray[np.float64]:
    return np.array([0.0, *(round(level.weight, 6) for level in comparison.levels)], dtype=np.float64)
