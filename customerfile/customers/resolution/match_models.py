"""Which match model runs in this file, and putting another in force.

The model that ships runs until another is applied. Going back to the shipped one is applying it, like any other.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from customerfile.audit.changes import changed
from customerfile.audit.operations import record as write_down
from customerfile.customers.model_models import MatchModelVersion
from customerfile.matching.model import MatchModel, default_model, parse_model, shipped_artefact


@dataclass(frozen=True, slots=True)
class AppliedModel:
    """A model that was put in force. `origin` is shipped, trained or imported."""

    version: int
    name: str
    hash: str
    origin: str
    applied_at: datetime
    applied_by: str


def current_model() -> MatchModel:
    """The running model. One small query; the model itself is read once per version and process."""
    newest = MatchModelVersion.objects.order_by("-version").values_list("version", "hash").first()
    return default_model() if newest is None else _stored(*newest)


def current_artefact() -> str:
    """The running model as its JSON text."""
    newest = MatchModelVersion.objects.order_by("-version").first()
    return shipped_artefact() if newest is None else newest.artefact


def applied_models() -> tuple[AppliedModel, ...]:
    """Every model that was put in force, the newest first."""
    rows = MatchModelVersion.objects.order_by("-version")
    return tuple(
        AppliedModel(
            row.version,
            _stored(row.version, row.hash).name,
            row.hash,
            row.origin,
            row.applied_at,
            row.applied_by,
        )
        for row in rows
    )


def apply_model(artefact: str, *, origin: str, by: str, at: datetime) -> MatchModel:
    """Put a model in force for what arrives from now on. What is there follows when the file is reconciled.

    Raises BadModel, and nothing changes. Applying the running model again changes nothing either.
    """
    model = parse_model(artefact)
    before = current_model().hash
    if model.hash != before:
        MatchModelVersion.objects.create(
            hash=model.hash, artefact=artefact, origin=origin, applied_at=at, applied_by=by
        )
        write_down(
            by=by,
            at=at,
            code="customers.match_model.applied",
            subject="file",
            detail={"origin": origin, **changed({"model": before}, {"model": model.hash})},
        )
    return model


@lru_cache(maxsize=4)
def _stored(version: int, digest: str) -> MatchModel:  # the hash tells one database's version from another's
    return parse_model(MatchModelVersion.objects.get(version=version, hash=digest).artefact)
