"""The sources: what delivers, how far each is believed, how fresh it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.sources.queries import SourceReport, sources
from customerfile.sources.source_figures import SourceFigures, source_figures
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.source_settings import describe_source
from customerfile.web.outcome import tell
from customerfile.web.requests import actor

_STALE = timedelta(days=180)
_HOLDS = {
    SourceKind.CUSTOMERS: gettext_noop("customers"),
    SourceKind.REFERENCE: gettext_noop("reference data"),
    SourceKind.WATCH_LIST: gettext_noop("a watch list"),
}


class NotASetting(CustomerfileError):
    """What was typed is no name or no priority."""


class SourceForm(forms.Form):
    """How a source is called and believed."""

    name = forms.CharField(max_length=100)
    priority = forms.IntegerField(min_value=1, max_value=1000)


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as the page lists it. `is_stale`: it has not delivered for half a year."""

    source: SourceReport
    figures: SourceFigures
    kind_words: str
    is_stale: bool


@require_safe
def source_index(request: HttpRequest) -> HttpResponse:
    """Every source, those that are believed first at the top."""
    at, figures = now(), source_figures()
    shown = [
        ShownSource(
            each,
            figures.get(each.id, SourceFigures(0, 0)),
            gettext(_HOLDS[SourceKind(each.kind)]),
            each.last_finished_at is not None and at - each.last_finished_at > _STALE,
        )
        for each in sorted(sources(), key=lambda each: (each.priority, each.key))
    ]
    return render(request, "web/sources.html", {"sources": shown})


@require_POST
def change_source(request: HttpRequest, key: str) -> HttpResponse:
    """Give a source another name or priority."""
    form = SourceForm(request.POST)

    def work() -> None:
        told = form.cleaned_data
        describe_source(key, name=told["name"], priority=told["priority"], by=actor(request), at=now())

    if form.is_valid():
        told = gettext("{source} has priority {priority} now.")
        tell(
            request,
            work,
            told.format(source=form.cleaned_data["name"], priority=form.cleaned_data["priority"]),
        )
    else:
        tell(request, _refuse)
    return redirect("sources")


def _refuse() -> None:
    raise NotASetting(
        "A priority is a whole number from 1 to 1,000, and a source has a name.", "Nothing was changed."
    )
