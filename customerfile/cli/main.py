"""The command `customerfile`: gets the database ready, then hands over to one command."""

import sys

import psycopg
from rich.console import Console
from rich.markup import escape

from customerfile.base.errors import CustomerfileError

FAILED = 1
_NO_DATABASE = {"doctor", "version", "stop"}


def run() -> None:
    """Entry of the command. Every foreseen problem ends in a sentence and exit code 1, never in a traceback."""
    try:
        _run(sys.argv[1:])
    except CustomerfileError as problem:
        _complain(problem.reason, problem.remedy)
    except psycopg.OperationalError as problem:
        _complain(
            f"The database cannot be reached: {str(problem).strip().splitlines()[-1]}.",
            "Start it, or correct DATABASE_URL; customerfile doctor tells more.",
        )
    except KeyboardInterrupt:
        _complain("Stopped.", "What was done stays; the same command goes on from there.")


def _run(arguments: list[str]) -> None:
    from customerfile.cli.startup import describe_only, ready_database  # noqa: PLC0415 - after errors are caught

    command = next((each for each in arguments if not each.startswith("-")), "")
    if not command or command in _NO_DATABASE or {"--help", "-h"} & set(arguments):
        describe_only()
        _hand_over()
    else:
        with ready_database():
            _hand_over()


def _hand_over() -> None:
    from customerfile.cli.commands import app  # noqa: PLC0415 - the commands need Django set up

    app(standalone_mode=True)


def _complain(reason: str, remedy: str) -> None:
    console = Console(stderr=True)
    console.print(f"[bold red]{escape(reason)}[/]")
    if remedy:
        console.print(escape(remedy))
    sys.exit(FAILED)


if __name__ == "__main__":
    run()
