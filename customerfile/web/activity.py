"""Who did and saw what: of everybody, of one person, about one customer. That somebody looked is written down, too."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from customerfile.access.permissions import Permission
from customerfile.access.queries import users
from customerfile.audit.activity import Activity, ActivityPage, Asked, activity
from customerfile.audit.operations import record
from customerfile.base.clock import now
from customerfile.base.ids import CustomerId
from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.golden_changes import MOST, GoldenChange, golden_changes
from customerfile.customers.in_the_ledger import about_customer
from customerfile.customers.number import customer_number
from customerfile.customers.queries import customer_file
from customerfile.web.forms import ActivityForm
from customerfile.web.permissions import permissions_here, sight_here
from customerfile.web.requests import actor, seen, wants_part

_PER_PAGE = 50
_CUSTOMERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ShownActivity:
    """One thing, with the numbers of the first customers that were seen; `more`: how many besides."""

    activity: Activity
    numbers: Sequence[str]
    more: int

    @property
    def at(self) -> datetime:
        return self.activity.at


@dataclass(frozen=True, slots=True)
class ShownChange:
    """Golden fields of a customer that changed at one moment; `number` where it is an earlier one of the customer."""

    change: GoldenChange
    number: str

    @property
    def at(self) -> datetime:
        return self.change.at

    @property
    def labels(self) -> str:
        return ", ".join(gettext(field.label) for field in self.change.fields)


@require_safe
def activity_index(request: HttpRequest) -> HttpResponse:
    """What everybody, or one person, did and saw."""
    form = ActivityForm(request.GET)
    asked = form.asked()
    record(
        by=actor(request),
        at=now(),
        code="audit.ledger.read",
        subject="file",
        detail={"user": asked.by, "older": "before" in request.GET},
    )
    context = {"form": form, "names": [user.username for user in users()]}
    return _shown(request, "web/activity.html", asked, context)


@require_safe
def customer_activity(request: HttpRequest, number: str) -> HttpResponse:
    """Who changed and who saw a customer. The name is shown to those who may see it."""
    try:
        about = about_customer(number)
    except UnknownCustomer as error:
        raise Http404(str(error)) from error
    form = ActivityForm(request.GET)
    seen(request, "customer-activity", [CustomerId(each) for each in about.ids])
    context = {"number": number, "name": _name(request, number), "form": form}
    return _shown(request, "web/customer_activity.html", replace(form.asked(), about=about), context)


def _shown(request: HttpRequest, template: str, asked: Asked, context: dict[str, object]) -> HttpResponse:
    page = activity(asked, before=request.GET.get("before", ""), limit=_PER_PAGE)
    changes = _changes(request, str(context.get("number", "")), asked, page)
    own: frozenset[int] = frozenset(asked.about.ids if asked.about else ())
    kept = {name: value for name, value in request.GET.items() if name != "before"}
    context |= {
        "activities": _interleaved([_with_numbers(each, own) for each in page.activities], changes),
        "most_changes": MOST if len(changes) == MOST else 0,
        "older": urlencode(kept | {"before": page.next}) if page.next else "",
        "is_first": "before" not in request.GET,
        "newest": urlencode(kept),
        "is_filtered": any(kept.values()),
    }
    part = "web/activity_list.html#rows" if wants_part(request) else template
    return render(request, part, context)


def _changes(request: HttpRequest, number: str, asked: Asked, page: ActivityPage) -> list[ShownChange]:
    """What changed in the customer's golden record within the time of this page, for who may see customers."""
    if asked.about is None or not asked.did or Permission.SEE_CUSTOMERS not in permissions_here(request):
        return []
    found = golden_changes(
        asked.about.ids, sight=sight_here(request), after=page.since, until=page.until, by=asked.by
    )
    return [ShownChange(each, "" if each.number == number else each.number) for each in found]


def _interleaved(
    activities: Sequence[ShownActivity], changes: Sequence[ShownChange]
) -> list[ShownActivity | ShownChange]:
    """Both, the newest first; of one moment, what was done before what changed by it."""
    return sorted([*activities, *changes], key=lambda shown: shown.at, reverse=True)


def _with_numbers(each: Activity, own: Container[int]) -> ShownActivity:
    """`own`: the customers that the page is about, which it need not name again."""
    others = [customer for customer in each.customer_ids if customer not in own]
    numbers = [customer_number(customer) for customer in others[:_CUSTOMERS_SHOWN]]
    return ShownActivity(each, numbers, len(others) - len(numbers))


def _name(request: HttpRequest, number: str) -> str:
    """The customer's name, for those who may see customers; "" for others, and where nothing is left of it."""
    if Permission.SEE_CUSTOMERS not in permissions_here(request):
        return ""
    try:
        return customer_file(number, sight=sight_here(request)).summary.display_name
    except UnknownCustomer:
        return ""
