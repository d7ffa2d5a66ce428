"""What the match model has found between two customers: the strongest of their pairs, and the vetoes that hold."""

from dataclasses import dataclass

from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import told
from customerfile.customers.review.explanation import PairExplanation, explain_pair
from customerfile.matching.model import MatchModel


@dataclass(frozen=True, slots=True)
class Evidence:
    """`pairs`: how many of their pairs were compared. `vetoes`: the sentences of those that hold for any of them."""

    pairs: int
    strongest: PairExplanation
    vetoes: tuple[str, ...]


def evidence_between(one: CustomerId, other: CustomerId, *, model: MatchModel) -> Evidence | None:
    """What speaks for and against two customers being one; None where none of their pairs was ever compared."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "pairs_between"), {"one": one, "other": other})
        rows = cursor.fetchall()
    if not rows:
        return None
    strongest = explain_pair(RecordId(rows[0][0]), RecordId(rows[0][1]), model=model)
    vetoes = {veto for _, _, veto, scored_by in rows if veto and scored_by == model.hash}
    return Evidence(
        len(rows), strongest, tuple(told(model.vetoes[veto - 1].words) for veto in sorted(vetoes))
    )
