"""A match model learnt from the file, written and tried: what moved and what it would change, as text or JSON."""

from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from customerfile.base.clock import now
from customerfile.cli.layout import as_json, cells, console, table
from customerfile.cli.reconciliation_report import print_tried, tried
from customerfile.customers.whole_file.training import TOLD, Learnt, TrainedModel, train_model
from customerfile.embedded import home


def train_and_try(path: Path, *, apply: bool, as_json_: bool) -> None:
    """Learn, write the model down, tell what moved, hold the customers against it; put it in force where told."""
    trained = _trained(quiet=as_json_)
    path.write_text(trained.artefact, encoding="utf-8")
    if not as_json_:
        _print(trained.learnt, path)
    told = tried(trained.artefact, origin="trained", apply=apply)
    if as_json_:
        typer.echo(as_json({"file": str(path), "learnt": trained.learnt, "tried": told}))
    else:
        print_tried(told)


def _trained(*, quiet: bool) -> TrainedModel:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as progress:
        progress.add_task("Learning from the file", total=None)
        return train_model(folder=home().spool, at=now())


def _print(learnt: Learnt, path: Path) -> None:
    to = console()
    judged = learnt.judged_matches + learnt.judged_others
    to.print(
        f"Learnt from {learnt.records:,} records: {learnt.matches:,} pairs that match among {learnt.pairs:,} candidate"
        f" pairs, {learnt.random_pairs:,} random pairs, {judged:,} judged pairs. Model written to {path}.",
        markup=False,
    )
    if not learnt.moved:
        to.print(f"No match weight moved by more than {TOLD}.")
        return
    rows = table("comparison", "level", "weight before", "after", right=("weight before", "after"))
    for level in learnt.moved:
        rows.add_row(*cells(level.comparison, level.words, f"{level.before:+.1f}", f"{level.after:+.1f}"))
    to.print(rows)
