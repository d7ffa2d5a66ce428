"""The running definition and how it came about. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from customerfile.base.told import told
from customerfile.definition.changes import describe_changes
from customerfile.definition.errors import UnknownField
from customerfile.definition.loading import load_packs, parse_definition
from customerfile.definition.losses import describe_losses
from customerfile.definition.models import DefinitionVersion
from customerfile.definition.schema import FileDefinition
from customerfile.definition.stored import from_document
from customerfile.definition.usage import values_held

UNAPPLIED_PACKS = ("base", "retail")  # what runs, as version 0, until a definition is applied


@dataclass(frozen=True, slots=True)
class AppliedVersion:
    version: int
    file: str
    digest: str
    applied_at: datetime
    applied_by: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What applying a file would do. Nothing has been changed."""

    definition: FileDefinition
    changes: tuple[str, ...]
    losses: tuple[str, ...]


def current_definition() -> FileDefinition:
    """The running definition. One small query; the definition itself is read once per version and process."""
    newest = DefinitionVersion.objects.order_by("-version").values_list("version", "digest").first()
    return load_packs(UNAPPLIED_PACKS) if newest is None else _stored(*newest)


def fields_named(names: Iterable[str], *, beside: Iterable[str] = ()) -> frozenset[str]:
    """The keys of the fields meant, each named by its key or as one of its group; of `beside` the names themselves.

    Raises UnknownField.
    """
    definition, others = current_definition(), frozenset(beside)
    found: set[str] = set()
    for name in names:
        meant = {field.key for field in definition.fields if name in (field.key, field.group)}
        meant |= others & {name}
        if not meant:
            groups = dict.fromkeys(field.group for field in definition.fields)
            raise UnknownField(
                told("There is no field {name}, nor a group of fields.", name=name),
                told(
                    "Groups: {groups}. Beside them: {others}. Fields: customerfile definition show",
                    groups=", ".join(groups),
                    others=", ".join(sorted(others)),
                ),
            )
        found |= meant
    return frozenset(found)


def history() -> tuple[AppliedVersion, ...]:
    """Every applied version, the newest first."""
    columns = ("version", "file", "digest", "applied_at", "applied_by")
    rows = DefinitionVersion.objects.order_by("-version").values_list(*columns)
    return tuple(AppliedVersion(*row) for row in rows)


def plan_definition(text: str, *, file: str) -> Planned:
    """What applying this text would change and lose. Raises WrongDefinition."""
    before, after = current_definition(), parse_definition(text, file=file)
    return Planned(after, describe_changes(before, after), describe_losses(before, after, values_held))


@lru_cache(maxsize=4)
def _stored(
    version: int, digest: str
) -> FileDefinition:  # the digest tells one database's version from another's
    row = DefinitionVersion.objects.get(version=version, digest=digest)
    return from_document(row.document, version=version)
