"""The match model adapted to this file, from its records and from what people judged. Nothing is applied here.

Only the shares of levels (m and u) and the card change: no value of any record gets into the model.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from customerfile.customers.model_models import MatchModelVersion
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.whole_file import matched_file
from customerfile.customers.whole_file.matched_file import Links
from customerfile.customers.whole_file.whole_base import one_moment
from customerfile.matching.batch.duck import USUAL, Limits
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.batch.training import (
    LEAST_RECORDS,
    RECORDS,
    Labelled,
    Trained,
    refuse_too_few,
    train,
)
from customerfile.matching.columns import Ints
from customerfile.matching.model import Comparison, MatchModel, parse_model, shipped_artefact

TRAINED_FROM = "trained_from"  # on the card: which model a trained one comes from
TOLD = 0.5  # a weight that moved by more is told


@dataclass(frozen=True, slots=True)
class MovedLevel:
    """A comparison level whose match weight is another than in the running model."""

    comparison: str
    level: str
    words: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a model was learnt from, and what moved. `pairs` are candidate pairs, `matches` those of them that link."""

    trained_from: str
    records: int
    pairs: int
    matches: int
    random_pairs: int
    judged_matches: int
    judged_others: int
    moved: tuple[MovedLevel, ...]


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model to be tried, as its JSON text."""

    artefact: str
    learnt: Learnt


def train_model(*, folder: Path, at: datetime, limits: Limits = USUAL) -> TrainedModel:
    """Learn the match weights from the file; on one day the same file gives the same model.

    A model that was trained before is not trained further, or the same evidence would count twice: the one that it
    came from is. Raises NotEnoughToTrain where the file shows too little.
    """
    base = _untrained_artefact()
    model = parse_model(base)
    trained = _learnt_from_file(model, folder, limits)
    artefact = _written(json.loads(base), model, trained, at)
    moved = moved_levels(current_model().comparisons, trained.comparisons)
    return TrainedModel(artefact, _learnt(model, trained, moved))


def moved_levels(before: tuple[Comparison, ...], after: tuple[Comparison, ...]) -> tuple[MovedLevel, ...]:
    """The levels whose weight moved by more than TOLD."""
    return tuple(
        MovedLevel(old.name, was.name, was.words, round(was.weight, 2), round(now.weight, 2))
        for old, new in zip(before, after, strict=True)
        for was, now in zip(old.levels, new.levels, strict=True)
        if abs(was.weight - now.weight) > TOLD
    )


def _learnt_from_file(model: MatchModel, folder: Path, limits: Limits) -> Trained:
    with one_moment():
        links = matched_file.links()
        refuse_too_few(RECORDS, len(links.record), LEAST_RECORDS)
        judged = matched_file.judged()
        has_its_keys = set(model.blocking_keys) == set(current_model().blocking_keys)
        keys = matched_file.block_keys() if has_its_keys else matched_file.made_keys(model)
        with matched_file.records(matched_file.common()) as records:
            return train(
                Inputs(records, keys),
                model,
                _one_of_each_customer(links),
                folder=folder,
                labelled=Labelled(frozenset(judged.together), frozenset(judged.apart)),
                limits=limits,
            )


def _one_of_each_customer(links: Links) -> Ints:
    _, first = np.unique(links.customer, return_index=True)
    found: Ints = np.sort(links.record[first])
    return found


def _untrained_artefact() -> str:
    """The newest applied model that did not come from training; else the one that ships."""
    for version in MatchModelVersion.objects.order_by("-version"):
        if TRAINED_FROM not in json.loads(version.artefact)["card"]:
            return version.artefact
    return shipped_artefact()


def _learnt(model: MatchModel, trained: Trained, moved: tuple[MovedLevel, ...]) -> Learnt:
    return Learnt(
        trained_from=model.name,
        records=trained.records,
        pairs=trained.pairs,
        matches=trained.matches,
        random_pairs=trained.random_pairs,
        judged_matches=trained.judged_matches,
        judged_others=trained.judged_others,
        moved=moved,
    )


def _written(raw: Mapping[str, Any], model: MatchModel, trained: Trained, at: datetime) -> str:
    """The artefact with the new shares; a line for each part, so that two of them can be compared."""
    artefact = {
        **raw,
        "name": f"{model.name}, trained",
        "card": {**raw["card"], **_card(model, trained, at)},
        "comparisons": [
            {
                **entry,
                "levels": [
                    {**old, "m": new.m, "u": new.u}
                    for old, new in zip(entry["levels"], comparison.levels, strict=True)
                ],
            }
            for entry, comparison in zip(raw["comparisons"], trained.comparisons, strict=True)
        ],
    }
    parts = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in artefact.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _card(model: MatchModel, trained: Trained, at: datetime) -> Mapping[str, str]:
    return {
        "weights": f"Those of {model.name}, adapted to one customer file.",
        TRAINED_FROM: f"{model.name} {model.hash}",
        "trained": f"On {at:%Y-%m-%d}, with expectation maximisation by Splink, on {trained.records:,} records:"
        f" {trained.pairs:,} candidate pairs, of which {trained.matches:,} match; {trained.random_pairs:,} random"
        f" pairs; {trained.judged_matches:,} pairs that people judged a match, {trained.judged_others:,} not a match.",
    }
