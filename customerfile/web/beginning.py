"""The first run: from an empty file to the first customers, one's own or invented ones that leave without trace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customerfile.access.permissions import Permission
from customerfile.intake.demonstrating import PEOPLE, want_demonstration, want_no_demonstration
from customerfile.sources.demonstration import demonstration, is_untouched
from customerfile.web.outcome import tell
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor, wants_part


@require_safe
def beginning(request: HttpRequest) -> HttpResponse:
    """The three steps; how far the demonstration is, where it is wanted or in the file."""
    template = "web/beginning.html#standing" if wants_part(request) else "web/beginning.html"
    return render(request, template, beginning_context())


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Have the demonstration loaded."""
    tell(request, lambda: want_demonstration(by=actor(request)))
    return redirect("beginning")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest) -> HttpResponse:
    """Ask whether the demonstration is to leave; have it removed."""
    if request.method == "POST":
        tell(request, lambda: want_no_demonstration(by=actor(request)))
        return redirect("beginning")
    return render(request, "web/beginning_remove.html", {"demonstration": demonstration()})


def beginning_context() -> dict[str, object]:
    """What the guide shows."""
    return {"demonstration": demonstration(), "is_untouched": is_untouched(), "people": PEOPLE}


def first_run(request: HttpRequest) -> dict[str, object]:
    """For the page where people come in: whether the file is empty yet, or holds invented customers."""
    if Permission.IMPORT not in permissions_here(request):
        return {}
    return {"is_untouched": is_untouched(), "demonstration": demonstration()}
