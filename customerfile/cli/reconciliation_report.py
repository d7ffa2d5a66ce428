"""What a match model makes of the whole file, and what was put right, as text or JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from customerfile.audit.operations import record as write_down
from customerfile.base.clock import now
from customerfile.cli.layout import as_json, cells, console, table
from customerfile.cli.session import operator
from customerfile.customers.record_names import record_names
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.whole_file import preparation
from customerfile.customers.whole_file.reconciliation import (
    Differences,
    Reconciled,
    compare,
    put_in_force,
    put_right,
)
from customerfile.embedded import home
from customerfile.matching.batch.engines import DUCKDB, spark_engine
from customerfile.matching.model import MatchModel, parse_model


@dataclass(frozen=True, slots=True)
class Place:
    """Where the file is resolved: on this machine, or where a Spark master sends the work."""

    spark_master: str | None = None
    shared_folder: Path | None = None  # what is handed over lies there; the spool if none is named


@dataclass(frozen=True, slots=True)
class Told:
    """What a reconciliation tells. What was put right is 0 in a dry run."""

    records: int
    candidate_pairs: int
    pairs_missing: int
    pairs_stale: int
    pairs_changed: int
    links_gained: int
    links_lost: int
    customers_affected: int
    dry_run: bool
    model: str
    joined: tuple[tuple[str, str], ...]  # pairs of records that would stand together
    parted: tuple[tuple[str, str], ...]  # and that would no longer
    records_put_right: int = 0
    customers_created: int = 0
    customers_merged: int = 0
    records_prepared_anew: int = 0  # by the rules of this version, before all else
    is_prepared_by_earlier_rules: bool = False  # and was left so, by a dry run


def run_reconciliation(place: Place, *, dry_run: bool, as_json_: bool) -> None:
    """Compare; put right unless it is a dry run; tell."""
    model = current_model()
    engine = DUCKDB if place.spark_master is None else spark_engine(place.spark_master)
    is_outdated = preparation.is_outdated()
    anew = _prepare_anew(model) if is_outdated and not dry_run else 0
    found = compare(model, folder=place.shared_folder or home().spool, engine=engine)
    done = None if dry_run else _put_right(found, model)
    told = replace(
        _told(found, model, done),
        records_prepared_anew=anew,
        is_prepared_by_earlier_rules=is_outdated and dry_run,
    )
    if as_json_:
        typer.echo(as_json(told))
    else:
        _print(told, "Nothing was changed. To put it right: customerfile match reconcile")


def try_model(artefact: str, *, origin: str, apply: bool, as_json_: bool) -> None:
    """Hold the file against another model; put that in force where told; tell."""
    told = tried(artefact, origin=origin, apply=apply)
    if as_json_:
        typer.echo(as_json(told))
    else:
        print_tried(told)


def tried(artefact: str, *, origin: str, apply: bool) -> Told:
    """What another model makes of the whole file. It is put in force where told."""
    model = parse_model(artefact)
    found = compare(model, folder=home().spool)
    if not apply:
        return _told(found, model, None)
    work = partial(put_in_force, artefact, found, origin=origin, by=operator())
    return _told(found, model, _with_progress(found, work))


def print_tried(told: Told) -> None:
    """Print what another model makes of the whole file."""
    _print(told, "Nothing was changed; the model that ran still runs. To put this one in force: add --apply")


def _put_right(found: Differences, model: MatchModel) -> Reconciled:
    done = _with_progress(found, partial(put_right, found, model))
    if done.records:
        write_down(
            by=operator(),
            at=now(),
            code="customers.file.reconciled",
            subject="file",
            detail={"model": model.hash, "records": done.records, "merged": done.customers_merged},
        )
    return done


def _prepare_anew(model: MatchModel) -> int:
    """Prepare the file by the rules of this version; gives how many records that took."""
    work = partial(preparation.prepare_file_anew, model, by=operator())
    return _in_a_bar("Records prepared", None, work)


def _with_progress(found: Differences, work: Callable[..., Reconciled]) -> Reconciled:
    return _in_a_bar("Records put right", len(found.touched), work)


def _in_a_bar[T](words: str, total: int | None, work: Callable[..., T]) -> T:
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console(),
        transient=True,
    ) as bar:
        task = bar.add_task(words, total=total)
        return work(at=now(), progress=lambda done, total: bar.update(task, completed=done, total=total))


def _told(found: Differences, model: MatchModel, done: Reconciled | None) -> Told:
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
        model=model.name,
        joined=_named(groups.joined),
        parted=_named(groups.parted),
        records_put_right=done.records if done else 0,
        customers_created=done.customers_created if done else 0,
        customers_merged=done.customers_merged if done else 0,
    )


def _named(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    names = record_names({record for pair in pairs for record in pair})
    return tuple((names[left], names[right]) for left, right in pairs)


def _print(told: Told, if_dry: str) -> None:
    to = console()
    if told.records_prepared_anew:
        to.print(
            f"{told.records_prepared_anew:,} records were prepared for matching by the rules of this version."
        )
    if told.is_prepared_by_earlier_rules:
        to.print(
            "The records were prepared for matching by an earlier version, so this is only part of what would change."
            " Without --dry-run they are prepared anew first."
        )
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
    for title, samples in (("Joined, for example", told.joined), ("Parted, for example", told.parted)):
        if samples:
            shown = table(title, "and")
            for pair in samples:
                shown.add_row(*cells(*pair))
            to.print(shown)
    to.print(_sentence(told, if_dry))


def _sentence(told: Told, if_dry: str) -> str:
    differs = told.pairs_missing + told.pairs_stale + told.pairs_changed + told.customers_affected
    if not differs:
        return "Nothing to change: the file is as the match model has it."
    if told.dry_run:
        return if_dry
    return (
        f"{told.records_put_right:,} records were put right; {told.customers_created:,} customers are new,"
        f" {told.customers_merged:,} were merged."
    )
