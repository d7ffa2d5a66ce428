"""What every table holds about people and what happens to it on merge, export, erasure and replication.

Each room declares its own tables in `personal_data.py`; nothing above a room is imported to do so. Tests walk the
model graph and fail where a table, a column or a relation to a record or customer is not declared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Privacy(StrEnum):
    """Class of a column: who may ever see it and how it is kept."""

    PUBLIC = "public"
    PERSONAL = "personal"
    SEALED = "sealed"
    FORBIDDEN = "forbidden"


class Hangs(StrEnum):
    """What a row belongs to: the thing whose merge, export and erasure it follows."""

    RECORD = "record"
    CUSTOMER = "customer"
    NOBODY = "nobody"


class OnMerge(StrEnum):
    FOLLOWS_RECORD = "follows_record"  # hangs on the record; a merge moves only the record's link
    RECOMPUTED = "recomputed"  # derived from the records; made anew for every touched customer
    MOVES_LINK = "moves_link"  # the links themselves
    KEPT = "kept"  # history of a customer number; stays under it, and the number still resolves
    UNTOUCHED = "untouched"  # not about one person


class OnErase(StrEnum):
    DELETE = "delete"
    KEEP = "keep"  # with a reason


@dataclass(frozen=True, slots=True)
class TableDeclaration:
    """One table. `owner` is the column holding the record or customer id ("" for nobody).

    `keep_reason` is required with OnErase.KEEP. `replicate` lists the columns copied to the columnar replica.
    """

    table: str
    hangs_on: Hangs
    owner: str
    on_merge: OnMerge
    on_erase: OnErase
    exported: bool
    columns: Mapping[str, Privacy]
    replicate: tuple[str, ...] = ()
    keep_reason: str = ""
    also_owned_by: tuple[str, ...] = ()  # further columns that refer to a record or customer


def classified(public: str, personal: str = "") -> dict[str, Privacy]:
    """Columns, named with blanks between, by class."""
    return dict.fromkeys(public.split(), Privacy.PUBLIC) | dict.fromkeys(personal.split(), Privacy.PERSONAL)


_declarations: dict[str, TableDeclaration] = {}


def register(*declarations: TableDeclaration) -> None:
    """Add a room's tables. Declaring the same table twice with other words is an error."""
    for declaration in declarations:
        known = _declarations.setdefault(declaration.table, declaration)
        if known != declaration:
            raise ValueError(f"table {declaration.table} is declared twice")


def declarations() -> Iterator[TableDeclaration]:
    """Every declared table, by name."""
    return iter(sorted(_declarations.values(), key=lambda declaration: declaration.table))


def declaration(table: str) -> TableDeclaration:
    """The declaration of a table. Raises KeyError where there is none."""
    return _declarations[table]
