"""An evaluation on a terminal: what was compared, the measures, the thresholds, and the worst cases by name."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from customerfile.cli.layout import cells, table
from customerfile.customers.whole_file.evaluation import ComparedRecord, Evaluation
from customerfile.matching.evaluation import Measures

_NAMED = 10


def print_evaluation(console: Console, found: Evaluation) -> None:
    """Everything but the curve, which --chart draws and --json lists."""
    measures = found.measures
    for line in _compared(found):
        console.print(line, markup=False)
    console.print(_measures(measures))
    console.print(_wrong(measures), markup=False)
    _print_titled(
        console, "Scored pairs without a veto, each by itself, at or above a threshold:", _thresholds(found)
    )
    if found.mixed:
        _print_titled(console, "Customers that mix most entities:", _mixed(found))
    if found.spread:
        _print_titled(console, "Entities that are spread over most customers:", _spread(found))


def _print_titled(console: Console, title: str, made: Table) -> None:
    """A table's own title would be folded to its width."""
    console.print()
    console.print(title, markup=False)
    console.print(made)


def _compared(found: Evaluation) -> list[str]:
    measures = found.measures
    lines = [
        f"{measures.records:,} records compared: "
        f"{measures.customers:,} customers, {measures.entities:,} entities in truth (model {found.model})"
    ]
    if found.unknown:
        names = _first(f"{each.source}/{each.key}" for each in found.unknown)
        lines.append(
            f"Left out, for the file does not know them: {len(found.unknown):,} of the truth: {names}"
        )
    if found.unnamed_count:
        lines.append(
            f"Left out, for the truth does not name them: {found.unnamed_count:,} records of the file"
        )
    if found.refused:
        reasons = _first(f"line {each.line}: {each.reason}" for each in found.refused)
        lines.append(f"Rows of the truth that could not be used: {len(found.refused):,}: {reasons}")
    return lines


def _measures(measures: Measures) -> Table:
    made = table("measure", "precision", "recall", "F1", right=("precision", "recall", "F1"))
    rows = {
        "pairs of records": measures.pairwise,
        "whole customers": measures.cluster,
        "B-cubed": measures.b_cubed,
    }
    for name, quality in rows.items():
        made.add_row(
            *cells(name, *(f"{share:.4f}" for share in (quality.precision, quality.recall, quality.f1)))
        )
    return made


def _wrong(measures: Measures) -> str:
    if measures.one_wrong_in is None:
        return f"Of {measures.pairs_joined:,} pairs that were joined none is wrong."
    return (
        f"Of {measures.pairs_joined:,} pairs that were joined {measures.pairs_wrong:,} are wrong: "
        f"1 in {int(measures.one_wrong_in):,}."
    )


def _thresholds(found: Evaluation) -> Table:
    numbers = ("match weight", "pairs", "precision", "recall")
    made = table("threshold", *numbers, right=numbers)
    for name, point in found.thresholds.items():
        made.add_row(
            *cells(
                name, f"{point.weight:g}", f"{point.pairs:,}", f"{point.precision:.4f}", f"{point.recall:.4f}"
            )
        )
    return made


def _mixed(found: Evaluation) -> Table:
    made = table("customer", "entities", "records", right=("entities",))
    for customer in found.mixed:
        made.add_row(*cells(customer.number, customer.entity_count, _by(customer.records, "entity")))
    return made


def _spread(found: Evaluation) -> Table:
    made = table("entity", "customers", "records", right=("customers",))
    for entity in found.spread:
        made.add_row(*cells(entity.entity, entity.customer_count, _by(entity.records, "customer")))
    return made


def _by(records: Sequence[ComparedRecord], side: str) -> str:
    """The records, those of one entity or customer together: `anna: crm/1, shop/7; ben: shop/9`."""
    groups: dict[str, list[str]] = {}
    for record in records:
        groups.setdefault(getattr(record, side), []).append(f"{record.source}/{record.key}")
    return _first((f"{name}: {_first(keys)}" for name, keys in groups.items()), between="; ")


def _first(names: Iterable[str], *, between: str = ", ") -> str:
    known = list(names)
    more = len(known) - _NAMED
    return between.join(known[:_NAMED]) + (f"{between}and {more:,} more" if more > 0 else "")
