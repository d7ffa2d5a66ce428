"""Selects customers on a list, and leads on to what is to be done with them. It works without script."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from customerfile.customers.errors import ListRefused
from customerfile.customers.listing.saved_views import LONGEST_ADDRESS
from customerfile.web.customer_list import AskedList, asked_list
from customerfile.web.list_address import ListAddress, list_address
from customerfile.web.requests import wants_part
from customerfile.web.selection import (
    MOST_SINGLE,
    Selection,
    bar_above,
    ids_in,
    keep_selection,
    selection_here,
)
from customerfile.web.words import number_text

_LEADS = {"change": "change-selected", "confirm": "confirm-selected"}


@require_POST
def select(request: HttpRequest) -> HttpResponse:
    """Keep what is ticked on a page, and go where the button that was pressed leads."""
    do = request.POST.get("do", "")
    selection = _after(request, do)
    if problem := _problem(selection):
        messages.error(request, problem)
        return redirect(_back(request))
    keep_selection(request, selection)
    if wants_part(request):
        confirms = "confirms" in request.POST
        bar = bar_above(request, request.POST.get("query"), [], confirms=confirms)
        return render(request, "web/selection_bar.html#state", {"bar": bar})
    if do in _LEADS:
        return redirect(_LEADS[do])
    if do == "export":
        return redirect(f"{reverse('export-list')}?{_with_selected(request)}")
    return redirect(_back(request))


def selected_list(request: HttpRequest) -> AskedList:
    """The customers that are selected, as a list. Raises ListRefused."""
    selection = selection_here(request)
    if selection.query is not None:
        return asked_list(request, list_address(QueryDict(selection.query)))
    if not selection.ids:
        raise ListRefused("Nobody is selected.", "Tick customers in the list first.")
    here = list_address(request.GET)
    asked = asked_list(request, ListAddress(columns=here.columns, order=here.order))
    return replace(asked, question=replace(asked.question, among=selection.ids))


def _after(request: HttpRequest, do: str) -> Selection:
    """What is selected once what was pressed is done."""
    before, sent = selection_here(request), request.POST
    if do == "none":
        return Selection()
    if do == "all":
        return Selection(query=sent.get("query", ""))
    if do == "listed":
        return Selection(tuple(sorted({*before.ids, *ids_in(sent.getlist("listed"))})))
    if before.is_all and before.query == sent.get("query"):
        return before
    shown, chosen = set(ids_in(sent.getlist("shown"))), set(ids_in(sent.getlist("chosen")))
    ticked = shown if do == "page" else chosen & shown
    return Selection(tuple(sorted(set(before.ids) - shown | ticked)))


def _problem(selection: Selection) -> str:
    """Why this cannot be kept; "" where it can."""
    if len(selection.ids) > MOST_SINGLE:
        return gettext(
            "At most {number} customers can be selected one by one. Filter the list, and select all it finds."
        ).format(number=number_text(MOST_SINGLE))
    if len(selection.query or "") > LONGEST_ADDRESS:
        return gettext("This list is too long to be selected as a whole. Take a filter or some columns out.")
    return ""


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("to") or request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("customers")


def _with_selected(request: HttpRequest) -> str:
    """The columns and the order that are shown go along."""
    address = list_address(QueryDict(request.POST.get("query", "")))
    query = ListAddress(columns=address.columns, order=address.order).query()
    return f"{query}&selected=1" if query else "selected=1"
