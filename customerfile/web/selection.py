"""Which customers somebody selected: single ones, or all that a list finds. Kept with their session.

All that a list finds are the list itself, asked anew when something is done with them. A number of nobody, or of
somebody hidden, may stand among the selected ones: it is of nobody when it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from customerfile.access.permissions import Permission
from customerfile.base.ids import CustomerId
from customerfile.web.permissions import permissions_here

MOST_SINGLE = 2000
_KEY = "selected_customers"
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Selection:
    """`query`: of the list of which all are selected; None where `ids` are, one by one."""

    ids: tuple[int, ...] = ()
    query: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether all that a list finds are selected."""
        return self.query is not None


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above a list of which customers can be selected. `here`: those selected on this page."""

    selection: Selection
    shown: str
    here: frozenset[int]
    back: str
    may_change: bool
    may_export: bool
    listed: str = ""  # all of a list that has no address of its own
    may_confirm: bool = False  # of a list of those whose file is to be confirmed

    @property
    def count(self) -> int:
        """How many are selected one by one."""
        return len(self.selection.ids)

    @property
    def listed_count(self) -> int:
        """How many those are."""
        return self.listed.count(",") + 1 if self.listed else 0

    @property
    def is_all_here(self) -> bool:
        """Whether all of this page are."""
        return bool(self.shown) and len(self.here) == self.shown.count(",") + 1


def selection_here(request: HttpRequest) -> Selection:
    """What is selected in this session."""
    kept = request.session.get(_KEY, {})
    return Selection(tuple(kept.get("ids", ())), kept.get("query"))


def keep_selection(request: HttpRequest, selection: Selection) -> None:
    """Select these from now on."""
    if selection == Selection():
        request.session.pop(_KEY, None)
    else:
        request.session[_KEY] = {"ids": list(selection.ids), "query": selection.query}


def bar_above(
    request: HttpRequest,
    query: str | None,
    ids: Sequence[CustomerId],
    *,
    listed: Sequence[CustomerId] = (),
    confirms: bool = False,
) -> Bar | None:
    """For a page that shows these customers, of the list of an address if it has one; None where nothing can be done
    with customers that are selected.
    """
    may = permissions_here(request)
    may_change, may_export = Permission.WRITE_CUSTOMERS in may, Permission.EXPORT_CUSTOMERS in may
    if not (may_change or may_export):
        return None
    selection = selection_here(request)
    if selection.is_all and selection.query != query:
        selection = Selection()
    here = frozenset(ids) if selection.is_all else frozenset(selection.ids) & frozenset(ids)
    return Bar(
        selection,
        joined(ids),
        here,
        request.get_full_path(),
        may_change,
        may_export,
        joined(listed),
        may_change and confirms,
    )


def joined(ids: Iterable[int]) -> str:
    """Internal numbers as one value of a form."""
    return ",".join(map(str, ids))


def ids_in(texts: Iterable[str]) -> list[int]:
    """The internal numbers in values of a form. What is no number is left out."""
    found = [part for text in texts for part in text.split(",")]
    return [int(part) for part in found if part.isascii() and part.isdigit() and len(part) <= _DIGITS]
