"""`customerfile audit purge`: drops the months of the ledger that were kept for long enough."""

from collections.abc import Sequence
from typing import Annotated

import typer

from customerfile.audit.purging import PurgedMonth, purge
from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, console
from customerfile.cli.session import operator
from customerfile.cli.startup import as_owner_of_tables


def purge_command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go; drop nothing.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Drop the months of the ledger that were kept for long enough: who saw whom for 12 months, who did what for 120.

    Seals stay: what is left can still be verified. That it was done, by whom, and what went is written down.
    """
    who = operator()
    with as_owner_of_tables():
        found = purge(dry_run=dry_run, by=who, at=now())
    if as_json_:
        typer.echo(as_json([_plain(each) for each in found]))
    else:
        _print(found, dry_run)


def _plain(each: PurgedMonth) -> dict[str, object]:
    return {"ledger": each.month.ledger, "month": str(each.month), "rows": each.rows}


def _print(found: Sequence[PurgedMonth], dry_run: bool) -> None:
    named = {"read_entry": "who saw whom", "audit_entry": "who did what"}
    verb = "Would drop" if dry_run else "Dropped"
    for each in found:
        words = f"{verb} {each.month} of {named[each.month.ledger]}: {each.rows:,} rows."
        console().print(words, markup=False)
    if not found:
        console().print("No month of the ledger has been kept for long enough.")
