"""Column names as the rest of the house sees them: trimmed, never empty, never twice."""

from collections.abc import Iterable

from customerfile.base.told import told
from customerfile.sources.faults import TooLarge
from customerfile.sources.readers.limits import ReadLimits


def column_names(cells: Iterable[object], limits: ReadLimits) -> tuple[str, ...]:
    """ "Phone", "Phone" become "Phone", "Phone (2)"; an empty name becomes "Column 3". Raises TooLarge."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        name = (
            " ".join(str(cell if cell is not None else "").replace("\x00", "").split())
            or f"Column {position}"
        )
        names.append(_unused(name, taken))
        taken.add(names[-1])
    refuse_too_many(len(names), limits)
    return tuple(names)


def numbered_names(count: int, limits: ReadLimits) -> tuple[str, ...]:
    """Names for a file without a header."""
    refuse_too_many(count, limits)
    return tuple(f"Column {position}" for position in range(1, count + 1))


def refuse_too_many(count: int, limits: ReadLimits) -> None:
    if count > limits.columns:
        raise TooLarge(
            told(
                "The file has {count:,} columns; at most {most:,} can be read.",
                count=count,
                most=limits.columns,
            ),
            "Check the delimiter, or export only the columns that you need.",
        )


def _unused(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
