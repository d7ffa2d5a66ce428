"""Applies a definition: the whole of it or nothing, one version after the other."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from customerfile.audit.changes import changed
from customerfile.audit.operations import record
from customerfile.definition.errors import LossyChange
from customerfile.definition.models import DefinitionVersion
from customerfile.definition.queries import Planned, current_definition, plan_definition
from customerfile.definition.stored import digest, to_document


@dataclass(frozen=True, slots=True)
class Applied:
    """The version that runs now: the one before, without changes, where the file changes nothing."""

    version: int
    changes: tuple[str, ...]
    losses: tuple[str, ...]


@transaction.atomic
def apply_definition(text: str, *, file: str, by: str, at: datetime, accept_loss: bool = False) -> Applied:
    """Makes this text the running definition and answers with what changed.

    Raises WrongDefinition, or LossyChange unless the loss is accepted; then nothing has changed.
    """
    with connection.cursor() as cursor:
        # One at a time; a table lock would ask for rights that a ledger gives nobody.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('definition_version', 0))")
    planned = plan_definition(text, file=file)
    if planned.losses and not accept_loss:
        raise LossyChange(planned.losses)
    running = current_definition().version
    if running and not planned.changes:
        return Applied(running, (), ())
    document = to_document(planned.definition)
    applied = DefinitionVersion.objects.create(
        version=running + 1,
        file=file,
        text=text,
        document=document,
        digest=digest(document),
        applied_at=at,
        applied_by=by,
    )
    _record(applied, planned)
    return Applied(applied.version, planned.changes, planned.losses)


def _record(applied: DefinitionVersion, planned: Planned) -> None:
    record(
        by=applied.applied_by,
        at=applied.applied_at,
        code="definition.version.applied",
        subject=f"definition:{applied.version}",
        detail={
            "digest": applied.digest,
            "changes": len(planned.changes),
            "changed": list(planned.changes),
            "losses": list(planned.losses),
            **changed({"version": applied.version - 1 or None}, {"version": applied.version}),
        },
    )
