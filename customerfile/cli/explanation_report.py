"""How an explanation looks on a terminal: the sentence and each comparison with its weight; what holds a customer."""

from collections.abc import Sequence

from rich.console import Console

from customerfile.cli.layout import cells, table
from customerfile.customers.review.explanation import ExplainedHold, PairExplanation
from customerfile.matching.model import Thresholds


def print_pair(to: Console, found: PairExplanation, thresholds: Thresholds) -> None:
    """A pair: what came of it, and each comparison, the weightiest first."""
    to.print(f"{found.one} and {found.other}", style="bold", markup=False)
    to.print(found.sentence, markup=False)
    rows = table("found", "weight", right=("weight",))
    for reason in filter(lambda reason: reason.weight, found.found.reasons):
        rows.add_row(*cells(reason.words, f"{reason.weight:+.1f}"))
    rows.add_row(*cells("together", f"{found.found.weight:.1f}"), style="bold")
    to.print(rows)
    to.print(
        f"From {thresholds.link:g} on two records link by themselves, from {thresholds.review:g} on a person is asked.",
        style="dim",
    )


def print_holds(to: Console, number: str, found: Sequence[ExplainedHold]) -> None:
    """What holds a customer's records together, the weakest pair first."""
    if not found:
        to.print(f"Customer {number} has one record: nothing has to hold it together.")
        return
    rows = table("record", "with", "weight", "because of", right=("weight",))
    for hold in found:
        rows.add_row(*cells(hold.one, hold.other, _weight(hold), _because(hold)))
    to.print(rows)


def _weight(hold: ExplainedHold) -> str:
    return "a person" if hold.weight is None else f"{hold.weight:.1f}"


def _because(hold: ExplainedHold) -> str:
    words = ", ".join(hold.reasons) or "somebody said so"
    return f"{words}; without this pair the customer falls apart" if hold.alone else words
