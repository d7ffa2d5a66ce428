"""The last step: try the file, see what it would come to, take it in. Both are done beside the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.permissions import Permission
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.ids import CustomerId
from customerfile.customers.customer_file import CustomerSummary
from customerfile.customers.golden.shown import items_of, shown_text
from customerfile.customers.queries import summaries
from customerfile.definition.queries import current_definition
from customerfile.intake.uploads.trial import TRIED_ROWS
from customerfile.sources.kinds_of_customer import ORGANISATION, PERSON
from customerfile.sources.operations import ensure_source
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.source_settings import describe_source
from customerfile.sources.uploads import UploadInfo, ask_for
from customerfile.web.importing.steps import show, upload_or_404
from customerfile.web.permissions import permissions_here, sight_here
from customerfile.web.requests import actor, seen, wants_part
from customerfile.web.term_words import term_label
from customerfile.web.words import day_text, money_text, time_text

_KINDS = {PERSON: gettext_noop("Person"), ORGANISATION: gettext_noop("Organisation")}


@dataclass(frozen=True, slots=True)
class Sample:
    """A row as it will read: what it is of, and its values by their labels."""

    title: str
    line: int
    values: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, upload: int) -> HttpResponse:
    """Show how a trial goes and what it told; a POST begins one."""
    found = upload_or_404(request, upload)
    if found.state == "imported" or (found.state == "importing" and found.delivery):
        return redirect("delivery", delivery_id=found.delivery)
    if request.method == "POST":
        return _try(request, upload)
    if found.state == "open":
        return redirect("import-columns" if found.mapping else "import-file", upload=upload)
    context = _context(request, found)
    if wants_part(request):
        return render(request, "web/importing/trial.html#trial", {"upload": found} | context)
    return show(request, "import-trial", found, context)


@require_POST
def start(request: HttpRequest, upload: int) -> HttpResponse:
    """Have the file taken in."""
    return start_import(request, upload)


def start_import(request: HttpRequest, upload: int) -> HttpResponse:
    """Have a file taken in, whose source is made now where it is new."""
    found = upload_or_404(request, upload)
    by, at = actor(request), now()
    try:
        kind = SourceKind(found.source_kind) if found.source_kind else None
        source = ensure_source(found.source_key, country=found.country, kind=kind, by=by, at=at)
        if source.created:
            describe_source(found.source_key, name=found.source_name, priority=found.priority, by=by, at=at)
        ask_for("importing", upload, by=by, at=at)
    except CustomerfileError as problem:
        messages.error(request, str(problem))
    return redirect("import-trial", upload=upload)


def _try(request: HttpRequest, upload: int) -> HttpResponse:
    try:
        ask_for("trying", upload, by=actor(request), at=now())
    except CustomerfileError as problem:
        messages.error(request, str(problem))
    return redirect("import-trial", upload=upload)


def _context(request: HttpRequest, found: UploadInfo) -> dict[str, Any]:
    told = found.trial
    context: dict[str, Any] = {"tried_rows": TRIED_ROWS, "trial": told}
    if told is None or found.is_at_work:
        return context
    return context | {
        "samples": tuple(_samples(told["samples"])),
        "joined": _joined(request, told["joins"]),
        "more_joined": told["counts"]["records_joined"] - len(told["joins"]),
        "more_refused": told["counts"]["rejected"] + told["counts"]["value_faults"] - len(told["rejects"]),
    }


def _joined(request: HttpRequest, joins: list[tuple[str, int]]) -> list[tuple[str, CustomerSummary | None]]:
    """Which customers the rows would join, for those who may see customers."""
    if Permission.SEE_CUSTOMERS not in permissions_here(request):
        return []
    there = summaries({CustomerId(each) for _, each in joins}, sight=sight_here(request))
    seen(request, "import", sorted(there))
    return [(key, there.get(CustomerId(customer))) for key, customer in joins]


def _samples(kept: list[dict[str, Any]]) -> Iterator[Sample]:
    fields = {field.key: field for field in current_definition().fields}
    for each in kept:
        if "event" in each:
            yield Sample(each["key"] or gettext("nobody"), each["line"], tuple(_of_event(each["event"])))
            continue
        if "agreement" in each:
            told = each["agreement"]
            yield Sample(each["key"], each["line"], tuple((term_label(name), told[name]) for name in told))
            continue
        record = each["record"]
        ordered = [key for key in fields if key in record]
        values = tuple(
            (
                gettext(fields[key].label),
                "; ".join(shown_text(item, fields[key]) for item in items_of(record[key])),
            )
            for key in ordered
        )
        yield Sample(each["key"], each["line"], ((gettext("Kind"), gettext(_KINDS[record["kind"]])), *values))


def _of_event(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    at = localtime(datetime.fromisoformat(event["at"]))
    yield gettext("What"), str(event["name"])
    yield gettext("When"), f"{day_text(at.date())}, {time_text(at.time())}"
    if event["amount"] is not None:
        yield gettext("Amount"), money_text(Decimal(event["amount"]), event["currency"])
    for key, value in event["properties"].items():
        if key == "products":
            yield (
                gettext("Products"),
                "; ".join(str(item.get("name") or item.get("sku", "")) for item in value),
            )
        elif isinstance(value, str | int | float):
            yield key.replace("_", " ").capitalize(), str(value)
