"""The command `customerfile`: gets the database ready, then hands over to one command."""

import os
import sys

import psycopg

from customerfile.base.errors import CustomerfileError
from customerfile.cli.meanwhile import leave_when_told

FAILED = 1
_NO_DATABASE = {"doctor", "version", "stop", "database"}
_PAGES = {"serve", "demo"}


def run() -> None:
    """Entry of the command. Every foreseen problem ends in a sentence and exit code 1, never in a traceback."""
    leave_when_told()
    try:
        _run(sys.argv[1:])
    except CustomerfileError as problem:
        _complain(problem.reason, problem.remedy)
    except psycopg.OperationalError as problem:
        _complain(
            f"The database cannot be reached: {str(problem).strip().splitlines()[0]}.",
            "Start it, or correct DATABASE_URL; customerfile doctor tells more.",
        )
    except KeyboardInterrupt:
        _complain("Stopped.", "What was done stays; the same command goes on from there.")


def _run(arguments: list[str]) -> None:
    from customerfile.cli.startup import describe_only, ready_database  # noqa: PLC0415 - after errors are caught

    command = next((each for each in arguments if not each.startswith("-")), "")
    if command in _PAGES:
        os.environ["CUSTOMERFILE_PAGES"] = "1"
    if not command or command in _NO_DATABASE or {"--help", "-h"} & set(arguments):
        describe_only()
        _hand_over(command)
    else:
        with ready_database():
            _hand_over(command)


def _hand_over(command: str) -> None:
    from customerfile.cli.commands import command_line  # noqa: PLC0415 - the commands need Django set up

    command_line(command)(standalone_mode=True)


def _complain(reason: str, remedy: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - most commands end well
    from rich.markup import escape  # noqa: PLC0415 - most commands end well

    console = Console(stderr=True)
    console.print(f"[bold red]{escape(reason)}[/]")
    if remedy:
        console.print(escape(remedy))
    sys.exit(FAILED)


if __name__ == "__main__":
    run()
