"""`customerfile correct`: a person says what fields of a customer hold, or takes back what was said."""

from typing import Annotated

import typer
from django.db import transaction

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, console
from customerfile.cli.session import operator, operator_sight
from customerfile.intake.correcting import Entered, correct, give_back

type Fields = dict[str, object]


def add_commands(app: typer.Typer) -> None:
    """Register the command of this module."""
    example = "correct 0000042X family_name=Braun email=rosa@example.org birth_date="
    app.command("correct", epilog=f"Example: customerfile {example}", help=_correct.__doc__)(_correct)


def _correct(
    number: Annotated[str, typer.Argument(help="The customer number; leading zeros may be left away.")],
    fields: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE...",
            help="What a field holds. Nothing behind the sign: what is on record is wrong. A field with several values "
            "is named once for each; part of an address as address.city=Berlin.",
        ),
    ] = None,
    withdraw: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD", help="Take back what was corrected of a field. May be given several times."
        ),
    ] = None,
    country: Annotated[
        str, typer.Option(help="Where numbers and addresses that name no country are from, as DE.")
    ] = "",
    note: Annotated[str, typer.Option(help="Why, for those who come after you.")] = "",
    as_json_: AsJson = False,
) -> None:
    """Correct fields of a customer. It stands before what every source says, now and later, until it is taken back."""
    said = _said(fields or [])
    if not said and not withdraw:
        raise typer.BadParameter("Name a field with its value, as family_name=Braun, or --withdraw a field.")
    customer = _done(number, withdraw or [], Entered(said, note=note, country=country))
    if as_json_:
        typer.echo(as_json({"customer": customer, "fields": [*said], "withdrawn": withdraw or []}))
    else:
        _tell(customer, said, withdraw or [])


@transaction.atomic
def _done(number: str, withdrawn: list[str], entered: Entered) -> str:
    """All or nothing; gives the number of the customer as it is now."""
    sight, by, at = operator_sight(), operator(), now()
    if withdrawn:
        number = give_back(number, withdrawn, sight=sight, by=by, at=at).customer
    if entered.fields:
        number = correct(number, entered, sight=sight, by=by, at=at).customer
    return number


def _said(texts: list[str]) -> Fields:
    """{"email": ["a@example.org", "b@example.org"], "address": {"city": "Berlin"}, "birth_date": None}"""
    found: Fields = {}
    for text in texts:
        name, is_there, value = text.partition("=")
        if not is_there:
            raise typer.BadParameter(f'"{text}" is no field with its value. Write it as family_name=Braun.')
        field, _, part = name.strip().partition(".")
        before = found.get(field)
        if part:
            parts = before if isinstance(before, dict) else {}
            found[field] = {**parts, part: value}
        elif field in found:
            found[field] = [*(before if isinstance(before, list) else [before]), value]
        else:
            found[field] = value or None
    return found


def _tell(number: str, said: Fields, withdrawn: list[str]) -> None:
    if withdrawn:
        console().print(f"Taken back: {', '.join(withdrawn)}. The records speak again.", markup=False)
    if said:
        fields = " ".join(f"--withdraw {field}" for field in said)
        console().print(
            f"Customer {number} is corrected: {', '.join(said)}.\n"
            f"To take it back: customerfile correct {number} {fields}",
            markup=False,
        )
