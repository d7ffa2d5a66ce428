"""Figures beside their limit or their peer, in one table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure in words. `kept` is None where nothing is asked of it."""

    name: str
    measured: str
    beside: str = ""
    kept: bool | None = None


def print_figures(title: str, figures: Sequence[Figure]) -> bool:
    """Print the table; whether every limit was kept."""
    names = max(len(figure.name) for figure in figures)
    measured = max(len(figure.measured) for figure in figures)
    beside = max(len(figure.beside) for figure in figures)
    print(f"\n{title}")
    for figure in figures:
        verdict = {None: "", True: "kept", False: "BEYOND"}[figure.kept]
        line = (
            f"  {figure.name:<{names}}  {figure.measured:>{measured}}  {figure.beside:<{beside}}  {verdict}"
        )
        print(line.rstrip(), flush=True)
    return all(figure.kept is not False for figure in figures)
