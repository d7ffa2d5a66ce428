"""Lists kept under a name: one's own, and those that others share. Whoever saved one may take it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from customerfile.audit.operations import record as write_down
from customerfile.base.told import told
from customerfile.customers.errors import ListRefused
from customerfile.customers.models import SavedView

LONGEST_NAME = 60
MOST_VIEWS = 30
LONGEST_ADDRESS = 6000


@dataclass(frozen=True, slots=True)
class View:
    """A list by its address. `is_own`: of the person who asked."""

    id: int
    name: str
    address: str
    owner: str
    shared: bool
    is_own: bool


def saved_views(username: str) -> tuple[View, ...]:
    """One's own views by name, then those of others that are shared."""
    found = SavedView.objects.filter(Q(owner=username) | Q(shared=True)).order_by("name", "id")
    views = [_view(each, username) for each in found]
    return tuple(sorted(views, key=lambda each: not each.is_own))


def save_view(*, name: str, address: str, shared: bool, by: str, at: datetime) -> None:
    """Keep a list under a name; one's own of that name becomes this one. Raises ListRefused."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ListRefused(
            told("A view has a name of at most {most} characters.", most=LONGEST_NAME), "Type one."
        )
    if len(address) > LONGEST_ADDRESS:
        raise ListRefused("This list is too long to be kept.", "Take a filter or some columns out.")
    with transaction.atomic():
        if SavedView.objects.filter(owner=by).exclude(name=name).count() >= MOST_VIEWS:
            raise ListRefused(
                told("One person keeps at most {most} views.", most=MOST_VIEWS), "Take one away first."
            )
        said = {"address": address, "shared": shared, "saved_at": at}
        saved, _ = SavedView.objects.update_or_create(owner=by, name=name, defaults=said)
        subject = f"saved_view:{saved.pk}"
        write_down(by=by, at=at, code="customers.view.saved", subject=subject, detail={"shared": shared})


def remove_view(view: int, *, by: str, at: datetime) -> None:
    """Take one's own view away. Raises ListRefused."""
    with transaction.atomic():
        removed, _ = SavedView.objects.filter(pk=view, owner=by).delete()
        if not removed:
            raise ListRefused("This view is not one of yours, or is gone.", "Choose another.")
        write_down(by=by, at=at, code="customers.view.removed", subject=f"saved_view:{view}", detail={})


def _view(saved: SavedView, username: str) -> View:
    return View(saved.pk, saved.name, saved.address, saved.owner, saved.shared, saved.owner == username)
