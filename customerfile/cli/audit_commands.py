"""`customerfile audit`: who did and saw what, and the proof that nobody altered the ledger of it."""

from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from customerfile.audit.activity import Asked, activity
from customerfile.audit.ledgers import LEDGERS
from customerfile.audit.operations import record
from customerfile.audit.sealed_lines import write_sealed
from customerfile.audit.sealing import newest_seal, seal
from customerfile.audit.seals import Anchor, Seal, anchor_text, anchors_in
from customerfile.audit.verification import Verification, verify
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.ids import CustomerId
from customerfile.cli.activity_report import changes_of, plain, print_activity
from customerfile.cli.audit_purge_command import purge_command
from customerfile.cli.layout import AsJson, as_json, console, nothing
from customerfile.cli.progress import progress_bar
from customerfile.cli.session import operator, write_down_reading
from customerfile.customers.in_the_ledger import about_customer
from customerfile.intake.export_ledger import Taking, exported

_SHOWN_CUSTOMERS = 3
_LONGEST_ANCHOR_FILE = 1_000_000


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Who did and saw what, and that nobody altered it.")
    for name, command, example in (
        ("show", _show, "audit show --user nora --since 2026-11-01"),
        ("verify", _verify, "audit verify --anchor anchors.txt"),
        ("anchor", _anchor, "audit anchor"),
        ("seal", _seal, "audit seal"),
        ("export", _export, "audit export ledger.jsonl"),
        ("purge", purge_command, "audit purge --dry-run"),
        ("verifier", _verifier, "audit verifier > verify.py"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(group, name="audit")


def _show(
    user: Annotated[str, typer.Option(help="Only what this person did and saw.")] = "",
    customer: Annotated[
        str, typer.Option(metavar="NUMBER", help="Only who changed and saw this customer.")
    ] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only from this day on (UTC).")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """List who did and saw what, the newest first. That you looked is written down, too."""
    about = about_customer(customer) if customer else None
    asked = Asked(by=user, since=since.replace(tzinfo=UTC) if since else None, about=about)
    page = activity(asked, limit=limit)
    if about:
        write_down_reading("audit show", [CustomerId(each) for each in about.ids])
    else:
        record(by=operator(), at=now(), code="audit.ledger.read", subject="file", detail={"user": user})
    changes = changes_of(asked, page)
    if as_json_:
        typer.echo(as_json(plain(page.activities, changes)))
    elif page.activities or changes:
        print_activity(page.activities, changes)
    else:
        raise nothing("Nothing like that is written down.")


def _verify(
    anchor: Annotated[
        str, typer.Option(metavar="FILE_OR_TEXT", help="What customerfile audit anchor printed earlier.")
    ] = "",
    as_json_: AsJson = False,
) -> None:
    """Find what was altered, removed, inserted or put into another order in the ledger, by whatever means.

    Ends with code 1 where anything was.
    """
    anchors = _anchors(anchor) if anchor else ()
    seal(at=now())
    found = verify(anchors)
    detail = {"rows": found.rows, "faults": len(found.faults)}
    record(by=operator(), at=now(), code="audit.ledger.verified", subject="file", detail=detail)
    if as_json_:
        typer.echo(as_json(_told(found)))
    else:
        _tell(found, len(anchors))
    if not found.ok:
        raise typer.Exit(1)


def _anchors(given: str) -> tuple[Anchor, ...]:
    try:
        path = Path(given)
        if not path.is_file():
            return anchors_in(given)
        with path.open(encoding="utf-8") as file:
            return anchors_in(file.read(_LONGEST_ANCHOR_FILE))
    except (OSError, UnicodeDecodeError) as problem:
        raise CustomerfileError(
            f"{given} cannot be read as an anchor.", "Give the line that customerfile audit anchor printed."
        ) from problem


def _told(found: Verification) -> dict[str, object]:
    told: dict[str, object] = {"ok": found.ok, "rows": found.rows, "seals": found.seals}
    newest = anchor_text(found.newest) if found.newest else ""
    return told | {
        "unsealed": found.unsealed,
        "purged": found.purged,
        "faults": found.faults,
        "anchor": newest,
    }


def _tell(found: Verification, anchors: int) -> None:
    waiting = f", {found.unsealed:,} of them not sealed yet" if found.unsealed else ""
    gone = f" Dropped with their months, as the ledger says: {found.purged:,}." if found.purged else ""
    console().print(f"Rows: {found.rows:,}{waiting}. Seals: {found.seals:,}.{gone}", markup=False)
    for fault in found.faults:
        console().print(fault.words, style="bold red", markup=False)
    if found.ok:
        against = " It is the history that the anchors saw." if anchors else ""
        console().print(f"Nothing was altered, removed or inserted.{against}", markup=False)


def _anchor(as_json_: AsJson = False) -> None:
    """Print the newest seal as one line. Keep it outside this machine: it shows later whether history was rewritten."""
    newest = seal(at=now()) or newest_seal()
    if newest is None:
        raise nothing("Nothing has been sealed yet.")
    _tell_seal(newest, as_json_)


def _seal(as_json_: AsJson = False) -> None:
    """Seal what was written since the last seal. The server does so every minute, and every import at its end."""
    made = seal(at=now())
    if made is not None:
        _tell_seal(made, as_json_)
    elif as_json_:
        typer.echo(as_json(None))
    else:
        console().print("Nothing was written since the last seal.")


def _tell_seal(made: Seal, as_json_: bool) -> None:
    if as_json_:
        told: dict[str, object] = {
            "seal": made.number,
            "hash": made.hash().hex(),
            "sealed_at": made.sealed_at,
        }
        told |= {"rows": made.entry_count + made.read_count, "anchor": anchor_text(made)}
        typer.echo(as_json(told))
    else:
        console().print(anchor_text(made), markup=False, soft_wrap=True)


def _export(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Ends in .jsonl.", dir_okay=False)],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; kept in the ledger.")] = "",
    as_json_: AsJson = False,
) -> None:
    """Write all that is sealed, with its hashes, to be verified elsewhere: see customerfile audit verifier."""
    if path.suffix.lower() != ".jsonl":
        raise CustomerfileError(
            f"{path.name} does not end in .jsonl.", "Name it so: the ledger is JSON Lines."
        )
    newest = seal(at=now()) or newest_seal()
    if newest is None:
        raise nothing("Nothing has been sealed yet.")
    taking = Taking("audit.ledger.exported", path, operator(), reason, of=f"seal:{newest.number}")
    with exported(taking) as export, progress_bar(f"Writing {path.name}", shown=not as_json_) as progress:
        export.columns = LEDGERS
        export.count = write_sealed(export.file, up_to=newest, progress=progress)
    if as_json_:
        typer.echo(as_json({"file": str(path), "rows": export.count, "anchor": anchor_text(newest)}))
    else:
        console().print(f"{export.count:,} rows written to {path}. The newest seal:", markup=False)
        console().print(anchor_text(newest), markup=False, soft_wrap=True)


def _verifier(as_json_: AsJson = False) -> None:
    """Print the program that verifies an exported ledger: one file for Python 3.9 or newer, and nothing else."""
    text = resources.files("customerfile.audit").joinpath("audit_verifier.py").read_text(encoding="ascii")
    typer.echo(as_json({"program": text}) if as_json_ else text, nl=as_json_)
