"""Everywhere one can go, in one list: what the command palette offers, and a page that also tells the keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from customerfile.web.permissions import OPEN, declared, permissions_here
from customerfile.web.requests import wants_part

GROUPS = {
    "Customers": {
        "search": "Find a customer",
        "customers": "All customers",
        "new-customer": "New customer",
        "export-list": "Export customers",
        "bulk-changes": "Changes of many customers",
        "review": "Review queue: one customer or two?",
        "quality": "Data quality",
    },
    "What comes in": {
        "deliveries": "Deliveries",
        "import": "Import a file",
        "sources": "Sources and their priority",
        "beginning": "Begin; the demonstration",
    },
    "Who did what": {"activity": "Activity", "notices": "To take note of"},
    "People and programs": {
        "people": "People and roles",
        "tokens": "Tokens for programs",
        "webhooks": "Webhooks",
        "webhook-log": "What webhooks told",
    },
    "You": {
        "for-you": "For you: notes that mention you",
        "security": "Your sign-in",
        "password": "Change your password",
    },
}
KEYS = (
    ("Ctrl K", "go to any page or customer, or do what the page offers"),
    ("/", "search"),
    ("↓ ↑", "walk through what was found"),
    ("Enter", "open it"),
    ("Esc", "back to the box; close a menu"),
    ("Y N U", "in the review queue: a match, not a match, unsure"),
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
        offered = [Command(label, reverse(name)) for name, label in pages.items()]
        shown = [each for each in offered if declared(resolve(each.address).func) in {OPEN, *may}]
        if shown:
            yield title, shown
