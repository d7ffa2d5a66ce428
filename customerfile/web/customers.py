"""The customer page."""

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from customerfile.access.permissions import Permission
from customerfile.access.sight import EVENTS
from customerfile.base.ids import RecordId
from customerfile.customers.correcting.on_record import fields_on_record
from customerfile.customers.errors import UnknownRecord
from customerfile.customers.judging.judgement_list import acts_on
from customerfile.customers.queries import CustomerFile, explain_link
from customerfile.customers.relationships.relationships import relationships_of
from customerfile.customers.watch_list import hits_of
from customerfile.holdings.queries import customers_in, holdings_of
from customerfile.intake.notes import LONGEST
from customerfile.timeline.queries import overview_of
from customerfile.web.facts import golden_text, purchase_facts, vital_statistics
from customerfile.web.forms import OnDateForm
from customerfile.web.golden import NOTHING, blank_fields, emptied_fields, shown_groups
from customerfile.web.holdings import shown_holdings
from customerfile.web.judgements import shown_acts
from customerfile.web.lookup import customer_or_404
from customerfile.web.permissions import permissions_here, sight_here
from customerfile.web.purchase_chart import SPANS, months_back, purchase_charts
from customerfile.web.requests import seen, wants_part
from customerfile.web.timeline import event_labels, kind_choices, shown_timeline
from customerfile.web.undoing import offered_undo

_ACTS_SHOWN = 5


@require_safe
def customer(request: HttpRequest, number: str) -> HttpResponse:
    """One customer's whole file. A number that was merged away leads to the one that took it over."""
    form = OnDateForm(request.GET)
    file = customer_or_404(request, number, on=form.moment())
    if file.on is None and number != file.summary.number:
        return _to_present_number(request, file)
    sight, records = sight_here(request), [record.record_id for record in file.records]
    labels = event_labels()
    timeline = shown_timeline(request, records, sight=sight, labels=labels)
    context: dict[str, Any] = {"file": file, "timeline": timeline}
    if wants_part(request):
        seen(request, "customer", [file.summary.id])
        return render(request, "web/timeline_entries.html", context)
    today = localdate()
    overview = overview_of(records, sight=sight, lately=_beginning(today))
    may_correct = Permission.WRITE_CUSTOMERS in permissions_here(request) and file.on is None
    on_record = fields_on_record(file.summary.id, sight=sight) if file.on is None else NOTHING
    relatives = relationships_of(file.summary.id, sight=sight)
    held = holdings_of(records, sight=sight, today=today)
    others = {*(each.customer_id for each in relatives), *customers_in(held)}
    seen(request, "customer", sorted({file.summary.id, *others}))
    context |= {
        "form": form,
        "may_correct": may_correct,
        "groups": shown_groups(file, on_record),
        "emptied": emptied_fields(file, on_record) if may_correct else (),
        "blank": blank_fields(file, on_record) if may_correct else (),
        "relatives": relatives,
        "hits": hits_of(file.summary.id, sight=sight),
        "acts": shown_acts(acts_on([file.summary.id], limit=_ACTS_SHOWN), file.summary.number)
        if Permission.SEE_RECORDS in permissions_here(request)
        else (),
        "undo": offered_undo(request, file.summary.number),
        "facts": vital_statistics(
            file, overview, today=today, labels=labels, shows_events=sight.shows(EVENTS)
        ),
        "holdings": shown_holdings(held, today=today) if held.holdings else None,
        "purchases": purchase_facts(overview),
        "charts": tuple(purchase_charts(overview.months, today=today)),
        "kinds": kind_choices(overview.kinds, timeline.address, labels),
        "status": golden_text(file, "customer_status"),
        "shows_events": sight.shows(EVENTS),
        "latest_day": today.isoformat(),
        "longest_note": LONGEST,
    }
    return render(request, "web/customer.html", context)


@require_safe
def record_link(request: HttpRequest, number: str, record_id: int) -> HttpResponse:
    """Why a record stands under this customer, comparison by comparison."""
    file = customer_or_404(request, number)
    record = next((each for each in file.records if each.record_id == record_id), None)
    if record is None:
        said = gettext("No record {record} stands under customer {number}.")
        raise Http404(said.format(record=record_id, number=file.summary.number))
    try:
        explanation = explain_link(RecordId(record_id))
    except UnknownRecord as error:
        raise Http404(str(error)) from error
    seen(request, "record-link", [file.summary.id])
    template = "web/record_link.html#reasons" if wants_part(request) else "web/record_link.html"
    return render(request, template, {"file": file, "record": record, "explanation": explanation})


def _beginning(today: date) -> datetime:
    """Of the months that are drawn."""
    return make_aware(datetime.combine(months_back(today, SPANS[-1]), time.min))


def _to_present_number(request: HttpRequest, file: CustomerFile) -> HttpResponse:
    if file.asked_number != file.summary.number:
        told = gettext("Customer {asked} was found to be the same as {number}, shown here.")
        messages.info(request, told.format(asked=file.asked_number, number=file.summary.number))
    query = request.GET.urlencode()
    page = reverse("customer", kwargs={"number": file.summary.number})
    return redirect(f"{page}?{query}" if query else page)
