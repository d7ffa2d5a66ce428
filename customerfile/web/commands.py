"""Everywhere one can go, in one list: what the command palette offers, and a page that also tells the keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from customerfile.web.permissions import OPEN, declared, permissions_here
from customerfile.web.requests import wants_part

GROUPS = {
    gettext_noop("Customers"): {
        "search": gettext_noop("Find a customer"),
        "customers": gettext_noop("All customers"),
        "new-customer": gettext_noop("New customer"),
        "export-list": gettext_noop("Export customers"),
        "bulk-changes": gettext_noop("Changes of many customers"),
        "review": gettext_noop("Review queue: one customer or two?"),
        "quality": gettext_noop("Data quality"),
    },
    gettext_noop("What comes in"): {
        "deliveries": gettext_noop("Deliveries"),
        "import": gettext_noop("Import a file"),
        "sources": gettext_noop("Sources and their priority"),
        "beginning": gettext_noop("Begin; the demonstration"),
    },
    gettext_noop("Who did what"): {
        "activity": gettext_noop("Activity"),
        "notices": gettext_noop("To take note of"),
    },
    gettext_noop("People and programs"): {
        "people": gettext_noop("People and roles"),
        "tokens": gettext_noop("Tokens for programs"),
        "webhooks": gettext_noop("Webhooks"),
        "webhook-log": gettext_noop("What webhooks told"),
    },
    gettext_noop("You"): {
        "for-you": gettext_noop("For you: notes that mention you"),
        "security": gettext_noop("Your sign-in"),
        "password": gettext_noop("Change your password"),
    },
}
KEYS = (
    ("Ctrl K", gettext_noop("go to any page or customer, or do what the page offers")),
    ("/", gettext_noop("search")),
    ("↓ ↑", gettext_noop("walk through what was found")),
    ("Enter", gettext_noop("open it")),
    ("Esc", gettext_noop("back to the box; close a menu")),
    ("Y N U", gettext_noop("in the review queue: a match, not a match, unsure")),
)


@dataclass(frozen=True, slots=True)
class Command:
    """A page to go to."""

    label: str
    address: str


@require_safe
def commands(request: HttpRequest) -> HttpResponse:
    """The pages that the person may open."""
    template = "web/commands.html#groups" if wants_part(request) else "web/commands.html"
    return render(request, template, {"groups": tuple(_groups(request)), "keys": KEYS})


def _groups(request: HttpRequest) -> Iterator[tuple[str, Sequence[Command]]]:
    may = permissions_here(request)
    for title, pages in GROUPS.items():
        offered = [Command(gettext(label), reverse(name)) for name, label in pages.items()]
        shown = [each for each in offered if declared(resolve(each.address).func) in {OPEN, *may}]
        if shown:
            yield gettext(title), shown
