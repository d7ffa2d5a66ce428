"""A match model adapted to a file by Splink: u from random pairs of its records, m from its candidate pairs.

m comes in passes: each takes pairs that agree on something and tells about the other comparisons. Pairs that a veto
keeps apart take no part: members of a household look like matches to it. Pairs that people judged count besides.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from customerfile.base.database import statement
from customerfile.base.told import noted_text, told
from customerfile.matching.batch.blending import Counted, Shares, blended, fitted, is_shown
from customerfile.matching.batch.duck import USUAL, Limits, private_duckdb
from customerfile.matching.batch.errors import NotEnoughToTrain, failures_in_words
from customerfile.matching.batch.inputs import Inputs, candidate_pairs, load
from customerfile.matching.batch.maximisation import shares_of_matches
from customerfile.matching.batch.random_pairs import draw, level_counts
from customerfile.matching.batch.scoring import flatten, levels_of, predictions
from customerfile.matching.batch.settings import RECORD_ID
from customerfile.matching.batch.training_passes import PASSES, agreeing, blocked_on
from customerfile.matching.batch.training_settings import trained_comparisons
from customerfile.matching.cluster import Pair
from customerfile.matching.columns import Bools, Ints, Levels
from customerfile.matching.model import NULL, Comparison, MatchModel
from customerfile.matching.score import vetoes_of, weights_of

LEAST_RECORDS, LEAST_MATCHES = 1_000, 200
RECORDS, MATCHES = noted_text("records"), noted_text("pairs of records that match")
MOST_PAIRS = 500_000  # of the candidate pairs; more would tell nothing new
_LEAST_IN_PASS = 100  # matches; a pass of fewer tells nothing


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs of records that people judged: matches, and others."""

    matches: Collection[Pair] = ()
    others: Collection[Pair] = ()


NOTHING_LABELLED = Labelled()


@dataclass(frozen=True, slots=True)
class Trained:
    """The comparisons with their new shares, and what they were learnt from."""

    comparisons: tuple[Comparison, ...]
    records: int
    pairs: int  # candidate pairs that were looked at
    matches: int  # of them
    random_pairs: int
    judged_matches: int
    judged_others: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """Pairs of the file with their levels. `is_match` by the model as it was; the judged ones by people."""

    level: Levels
    is_apart: Bools  # by a veto
    is_match: Bools
    judged: Ints  # 1 a match, -1 none, 0 not judged

    @property
    def is_usable(self) -> Bools:
        usable: Bools = ~self.is_apart & (self.judged == 0)
        return usable


def train(
    inputs: Inputs,
    model: MatchModel,
    strangers: Ints,
    *,
    folder: Path,
    labelled: Labelled = NOTHING_LABELLED,
    limits: Limits = USUAL,
) -> Trained:
    """Adapt the model to the records of a file. `strangers`: one record of each customer.

    The same input gives the same shares. Raises NotEnoughToTrain, and BatchFailed where the database gives up.
    """
    drawn = draw(np.sort(strangers))
    with private_duckdb(limits, folder) as database, failures_in_words(), _splink_silent():
        load(database, inputs, model)
        records = _count(database, "staged")
        refuse_too_few(RECORDS, records, LEAST_RECORDS)
        refuse_too_few(MATCHES, _gather(database, model, drawn, labelled), LEAST_MATCHES)
        seen = _look(database, model, labelled)
        matches = int((seen.is_match & seen.is_usable).sum())
        refuse_too_few(MATCHES, matches + int((seen.judged > 0).sum()), LEAST_MATCHES)
        learnt = _with_u(model, level_counts(database, model, drawn), seen)
        learnt = _with_m(database, model, learnt, seen)
    return Trained(
        comparisons=learnt.comparisons,
        records=records,
        pairs=len(seen.level) - int((seen.judged != 0).sum()),
        matches=matches,
        random_pairs=len(drawn) * (len(drawn) - 1) // 2,
        judged_matches=int((seen.judged > 0).sum()),
        judged_others=int((seen.judged < 0).sum()),
    )


def refuse_too_few(what: str, found: int, least: int) -> None:
    """Raise NotEnoughToTrain where fewer than the least are found."""
    if found < least:
        raise NotEnoughToTrain(
            told(
                "Too little to learn from: the file has {found:,} {what}; training needs {least:,}.",
                found=found,
                what=told(what),
                least=least,
            ),
            "Keep the match model that runs: the one that ships needs no training. Train again when more was imported;"
            " until then judge pairs (customerfile review), which holds at once.",
        )


def _gather(database: DuckDBPyConnection, model: MatchModel, drawn: Ints, labelled: Labelled) -> int:
    """Fill `pair` with candidate pairs and judged ones, and `flat` with their records and the drawn ones."""
    candidates = candidate_pairs(database, model)
    if candidates > MOST_PAIRS:
        database.execute(statement(__package__, "thin_pairs"), {"present": candidates, "wanted": MOST_PAIRS})
    database.register("judged_pair", _pairs({*labelled.matches, *labelled.others}))
    database.register("stranger", pa.table({"record": pa.array(drawn, pa.int64())}))
    database.execute(statement(__package__, "pairs_to_learn_from"))
    flatten(database)
    database.execute("DELETE FROM pair WHERE left_id = right_id")
    return _count(database, "pair")


def _look(database: DuckDBPyConnection, model: MatchModel, labelled: Labelled) -> _Seen:
    """At which levels the pairs stand."""
    words = dict.fromkeys(labelled.matches, 1) | dict.fromkeys(labelled.others, -1)
    found = pa.concat_tables(predictions(database, model, least=None))
    level = levels_of(found, model)
    left, right = (found.column(f"{RECORD_ID}_{side}").to_pylist() for side in ("l", "r"))
    is_apart = vetoes_of(model, level) > 0
    is_match = (weights_of(model, level) >= model.thresholds.link) & ~is_apart
    judged = np.array([words.get(pair, 0) for pair in zip(left, right, strict=True)], dtype=np.int64)
    return _Seen(level, is_apart, is_match, judged)


def _with_u(model: MatchModel, counts: Mapping[str, Shares], seen: _Seen) -> MatchModel:
    """The model with new shares among other pairs. Where a veto says so already, a "not a match" tells nothing new."""
    learnt = {}
    for comparison in trained_comparisons(model):
        judged = _counted(model, comparison, seen.level[(seen.judged < 0) & ~seen.is_apart])
        after = blended(_shares(comparison, "u"), Counted.of(counts[comparison.name]), judged)
        learnt[comparison.name] = _with_shares(comparison, u=after)
    return _changed(model, learnt)


def _with_m(database: DuckDBPyConnection, before: MatchModel, model: MatchModel, seen: _Seen) -> MatchModel:
    """The model with new shares among matches. A level of which matches show too little weighs no more than before."""
    level, matches = seen.level[seen.is_usable], seen.is_match[seen.is_usable]
    passes = _passes(model, level, matches)
    comparisons = trained_comparisons(model)
    positions = [model.position(each.name) for each in comparisons]
    shares = shares_of_matches(database, comparisons, level[:, positions], passes)
    learnt = {}
    for comparison in comparisons:
        told = [rows for name, rows in passes.items() if comparison.name not in blocked_on(PASSES[name])]
        shown = _counted(
            model,
            comparison,
            level[np.logical_or.reduce([matches & rows for rows in told])] if told else level[:0],
        )
        counts = np.where(shown > 0, shares[comparison.name] * shown.sum(), 0.0)
        found = Counted(counts, _hidden(model, comparison))
        judged = _counted(model, comparison, seen.level[seen.judged > 0])
        m = blended(_shares(comparison, "m"), found, judged)
        old, new = _shares(before.comparisons[model.position(comparison.name)], "u"), _shares(comparison, "u")
        u = fitted(old, new, is_shown(found, judged) | (new > old))
        learnt[comparison.name] = _with_shares(comparison, m=m, u=u)
    return _changed(model, learnt)


def _hidden(model: MatchModel, comparison: Comparison) -> Bools:
    """The levels that bring a veto by themselves."""
    numbers = {
        number
        for veto in model.vetoes
        if veto.when.keys() == {comparison.name}
        for number in veto.when[comparison.name]
    }
    return np.array([number in numbers for number in range(len(comparison.levels))], dtype=np.bool_)


def _counted(model: MatchModel, comparison: Comparison, level: Levels) -> Shares:
    """How many rows stand at each level of a comparison."""
    column = level[:, model.position(comparison.name)]
    return np.bincount(column[column != NULL], minlength=len(comparison.levels)).astype(np.float64)


def _passes(model: MatchModel, level: Levels, matches: Bools) -> dict[str, Bools]:
    """Pass -> the pairs that take part, for passes with matches enough."""
    found = {name: agreeing(model, level, agreement) for name, agreement in PASSES.items()}
    return {name: rows for name, rows in found.items() if (rows & matches).sum() >= _LEAST_IN_PASS}


def _shares(comparison: Comparison, which: str) -> Shares:
    return np.array([getattr(level, which) for level in comparison.levels])


def _with_shares(comparison: Comparison, **shares: Shares) -> Comparison:
    columns = {which: values.tolist() for which, values in shares.items()}
    levels = tuple(
        replace(level, **{which: values[place] for which, values in columns.items()})
        for place, level in enumerate(comparison.levels)
    )
    return replace(comparison, levels=levels)


def _changed(model: MatchModel, learnt: Mapping[str, Comparison]) -> MatchModel:
    return replace(model, comparisons=tuple(learnt.get(each.name, each) for each in model.comparisons))


def _pairs(pairs: Collection[Pair]) -> pa.Table:
    left, right = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    return pa.table({"left_id": pa.array(left, pa.int64()), "right_id": pa.array(right, pa.int64())})


def _count(database: DuckDBPyConnection, table: str) -> int:
    return len(database.table(table))


@contextmanager
def _splink_silent() -> Iterator[None]:
    """Splink tells about levels that no pair of a pass stands at; they keep their value, which is said elsewhere."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
