"""`customerfile match reconcile`: what differs and what was put right, as text or JSON."""

from dataclasses import dataclass

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from customerfile.audit.operations import record as write_down
from customerfile.base.clock import now
from customerfile.cli.layout import as_json, cells, console, table
from customerfile.cli.session import operator
from customerfile.customers.match_models import current_model
from customerfile.customers.reconciliation import Differences, Reconciled, compare, put_right
from customerfile.embedded import home
from customerfile.matching.model import MatchModel


@dataclass(frozen=True, slots=True)
class Told:
    """What a reconciliation tells. The last three are 0 in a dry run."""

    records: int
    candidate_pairs: int
    pairs_missing: int
    pairs_stale: int
    pairs_changed: int
    links_gained: int
    links_lost: int
    customers_affected: int
    dry_run: bool
    records_put_right: int = 0
    customers_created: int = 0
    customers_merged: int = 0


def run_reconciliation(*, dry_run: bool, as_json_: bool) -> None:
    """Compare; put right unless it is a dry run; tell."""
    model = current_model()
    found = compare(model, folder=home().spool)
    done = None if dry_run else _put_right(found, model)
    told = _told(found, done)
    if as_json_:
        typer.echo(as_json(told))
    else:
        _print(told)


def _put_right(found: Differences, model: MatchModel) -> Reconciled:
    at = now()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console(),
        transient=True,
    ) as bar:
        task = bar.add_task("Records put right", total=len(found.touched))
        done = put_right(
            found,
            model,
            at=at,
            progress=lambda so_far, total: bar.update(task, completed=so_far, total=total),
        )
    if done.records:
        write_down(
            by=operator(),
            at=at,
            code="customers.file.reconciled",
            subject="file",
            detail={"model": model.hash, "records": done.records, "merged": done.customers_merged},
        )
    return done


def _told(found: Differences, done: Reconciled | None) -> Told:
    pairs, groups = found.pairs, found.groups
    return Told(
        records=found.records,
        candidate_pairs=found.candidate_pairs,
        pairs_missing=pairs.missing,
        pairs_stale=pairs.stale,
        pairs_changed=pairs.changed,
        links_gained=groups.gained,
        links_lost=groups.lost,
        customers_affected=groups.customers,
        dry_run=done is None,
        records_put_right=done.records if done else 0,
        customers_created=done.customers_created if done else 0,
        customers_merged=done.customers_merged if done else 0,
    )


def _print(told: Told) -> None:
    to = console()
    rows = table("", "count", right=("count",))
    for words, count in (
        ("records", told.records),
        ("candidate pairs", told.candidate_pairs),
        ("scored pairs that were missing", told.pairs_missing),
        ("scored pairs that no longer hold", told.pairs_stale),
        ("scored pairs that came out differently", told.pairs_changed),
        ("pairs of records to be joined", told.links_gained),
        ("pairs of records to be parted", told.links_lost),
        ("customers affected", told.customers_affected),
    ):
        rows.add_row(*cells(words, f"{count:,}"))
    to.print(rows)
    to.print(_sentence(told))


def _sentence(told: Told) -> str:
    differs = told.pairs_missing + told.pairs_stale + told.pairs_changed + told.customers_affected
    if not differs:
        return "Nothing to change: the file is as the match model has it."
    if told.dry_run:
        return "Nothing was changed. To put it right: customerfile match reconcile"
    return (
        f"{told.records_put_right:,} records were put right; {told.customers_created:,} customers are new,"
        f" {told.customers_merged:,} were merged."
    )
