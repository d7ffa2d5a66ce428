"""How answers look: aligned tables on a terminal, plain text in a pipe, JSON for programs."""

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

_WIDTH_OF_A_PIPE = 200

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def console() -> Console:
    """Standard output. In a pipe lines are long and there is no colour."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE, soft_wrap=False, highlight=False)


def table(*headings: str, right: Sequence[str] = (), title: str = "") -> Table:
    """A table without lines. The headings in `right` are of numbers."""
    made = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for heading in headings:
        made.add_column(
            heading, justify="right" if heading in right else "left", header_style="dim", overflow="fold"
        )
    return made


def cells(*values: object) -> list[Text]:
    """Cells of plain text: what stands in the file is never read as markup."""
    return [Text(str(value)) for value in values]


def as_json(value: object) -> str:
    """Indented JSON: dataclasses as objects, instants in ISO 8601, money as text so that no cent is lost."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} is not for JSON")


def nothing(sentence: str) -> typer.Exit:
    """Say on standard error that nothing was found; the exit code to raise."""
    Console(stderr=True, highlight=False).print(escape(sentence))
    return typer.Exit(1)


def tell_written(path: Path, count: int, what: str, as_json_: bool) -> None:
    """Say what was written where, in words or in JSON."""
    if as_json_:
        typer.echo(as_json({"file": str(path), what: count}))
    else:
        console().print(f"{count:,} {what} written to {path}.", markup=False)
