"""The list of everywhere one can go."""

from django.urls import resolve, reverse

from customerfile.access.permissions import Permission
from customerfile.web.commands import GROUPS
from customerfile.web.permissions import OPEN, declared


def test_every_command_leads_to_a_page_that_says_what_it_needs():
    needed = {name: declared(resolve(reverse(name)).func) for group in GROUPS.values() for name in group}
    assert {name for name, need in needed.items() if need not in {OPEN, *Permission}} == set()
