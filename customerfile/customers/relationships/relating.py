"""People's words on relationships: state one, confirm or dismiss a proposed one."""

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from customerfile.access.sight import WHOLE
from customerfile.audit.changes import changed
from customerfile.audit.operations import record as write_down
from customerfile.base.database import statement
from customerfile.base.told import told
from customerfile.customers.errors import RelationshipNotPossible, UnknownRelationship
from customerfile.customers.models import Relationship
from customerfile.customers.queries import customer_file
from customerfile.customers.relationships.kinds import EQUALS, Kind, State


@transaction.atomic
def relate_customers(
    number: str,
    kind: Kind,
    other: str,
    *,
    by: str,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    note: str = "",
) -> int:
    """State what the first customer is to the second; gives the relationship's id. Raises UnknownCustomer,
    RelationshipNotPossible.
    """
    first, second = (
        customer_file(number, sight=WHOLE).summary.id,
        customer_file(other, sight=WHOLE).summary.id,
    )
    if first == second:
        raise RelationshipNotPossible(
            "These numbers lead to one and the same customer.", "Name two different customers."
        )
    _check_period(since, until)
    stated: dict[str, Any] = {"one": first, "other": second, "kind": kind.value, "equals": kind in EQUALS}
    stated |= {"since": since, "until": until, "note": note, "by": by, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "state_relationship"), stated)
        ((relationship,),) = cursor.fetchall()
    write_down(
        by=by,
        at=at,
        code="customers.relationship.stated",
        subject=f"relationship:{relationship}",
        detail={"kind": kind.value, "customers": [first, second]},
    )
    return int(relationship)


@transaction.atomic
def decide_relationship(
    relationship: int,
    state: State,
    *,
    by: str,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Confirm or dismiss a relationship; dates that are given replace those it has. What was said last holds.

    Raises UnknownRelationship, RelationshipNotPossible.
    """
    found = Relationship.objects.select_for_update().filter(pk=relationship).first()
    if found is None:
        raise UnknownRelationship(
            told("There is no relationship {number}.", number=relationship),
            "List them with: customerfile relationships",
        )
    before = found.state
    found.valid_from, found.valid_to = since or found.valid_from, until or found.valid_to
    _check_period(found.valid_from, found.valid_to)
    found.state, found.decided_by, found.decided_at = state.value, by, at
    found.save()
    write_down(
        by=by,
        at=at,
        code=f"customers.relationship.{state.value}",
        subject=f"relationship:{relationship}",
        detail={"kind": found.kind, **changed({"state": before}, {"state": state.value})},
    )


def _check_period(since: date | None, until: date | None) -> None:
    if since and until and since >= until:
        raise RelationshipNotPossible(
            told("It cannot end on {end}, for it begins on {beginning}.", end=until, beginning=since),
            "Give an end after the beginning.",
        )
