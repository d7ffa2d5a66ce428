"""`customerfile match export`, `import`, `train`, `models`: the match model as a file; tried before it is applied."""

from pathlib import Path
from typing import Annotated

import typer

from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.customers.resolution.match_models import applied_models, current_artefact, current_model
from customerfile.matching.errors import BadModel

Apply = Annotated[
    bool,
    typer.Option(
        "--apply", help="Put the model in force and reconcile. Without it, only tell what would change."
    ),
]


def add_commands(match_app: typer.Typer) -> None:
    """Register the commands of this module."""
    match_app.command("export", epilog="Example: customerfile match export model.json")(export_model)
    match_app.command("import", epilog="Example: customerfile match import model.json --apply")(import_model)
    match_app.command("train", epilog="Example: customerfile match train trained.json")(train)
    match_app.command("models", epilog="Example: customerfile match models")(list_models)


def export_model(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, as JSON.", dir_okay=False)],
) -> None:
    """Write the running match model to a file: weights, vetoes, thresholds, blocking rules and model card."""
    path.write_text(current_artefact(), encoding="utf-8")
    console().print(f"Model {current_model().name} written to {path}.", markup=False)


def import_model(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A match model.", exists=True, dir_okay=False)],
    apply: Apply = False,
    as_json_: AsJson = False,
) -> None:
    """Try a match model on the whole file and tell what it would change: links gained and lost, customers, samples."""
    from customerfile.cli.reconciliation_report import try_model  # noqa: PLC0415 - loads DuckDB and Splink

    try:
        artefact = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise BadModel(f"{path} is not a match model: it is not text.") from problem
    try_model(artefact, origin="imported", apply=apply, as_json_=as_json_)


def train(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write the model, as JSON.", dir_okay=False)
    ],
    apply: Apply = False,
    as_json_: AsJson = False,
) -> None:
    """Adapt the match weights to this file and to what was judged in it; tell what that would change."""
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(
            f"There is no folder {path.absolute().parent}. Name a file in one that is there."
        )
    from customerfile.cli.training_report import train_and_try  # noqa: PLC0415 - loads DuckDB and Splink

    train_and_try(path, apply=apply, as_json_=as_json_)


def list_models(as_json_: AsJson = False) -> None:
    """List the match models that were put in force in this file, the newest first."""
    found = applied_models()
    if as_json_:
        typer.echo(as_json({"running": current_model().hash, "applied": found}))
        return
    if not found:
        console().print(f"{current_model().name}, which ships, runs; no other was ever applied.")
        return
    rows = table("version", "model", "hash", "from", "applied", "by", right=("version",))
    for each in found:
        rows.add_row(
            *cells(
                each.version,
                each.name,
                each.hash[:12],
                each.origin,
                f"{each.applied_at:%Y-%m-%d %H:%M}",
                each.applied_by,
            )
        )
    console().print(rows)
