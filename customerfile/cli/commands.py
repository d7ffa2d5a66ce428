"""Every command of `customerfile`, by name. Imported only once Django is set up."""

import typer

from customerfile.cli.definition_commands import definition_app
from customerfile.cli.import_commands import add_import_commands
from customerfile.cli.read_commands import add_read_commands
from customerfile.cli.run_commands import add_run_commands

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="The customer file: every record about a customer, from every system, in one file per customer.",
)
add_run_commands(app)
add_import_commands(app)
add_read_commands(app)
app.add_typer(definition_app, name="definition")
