"""The reasons behind a scored pair as it is stored: its levels, and the hash of the model that found them."""

from typing import Any

from customerfile.matching.model import MatchModel
from customerfile.matching.score import Reason, explain


def stored_levels(stored: Any) -> list[int]:
    """The level of every comparison; -1 is unknown."""
    return memoryview(bytes(stored)).cast("b").tolist()


def stored_reasons(stored: Any, scored_by: str | None, model: MatchModel) -> tuple[Reason, ...]:
    """What each comparison said, the weightiest first. None where nothing is stored, or another model scored."""
    if stored is None or scored_by != model.hash:
        return ()
    return tuple(explain(model, stored_levels(stored)))
