"""What a page of the list says many times over, put together at once: as template tags it would take most of the time.

Everything that comes from a record or a person is escaped here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from customerfile.customers.listing.pages import Cell, ListRow
from customerfile.web import words
from customerfile.web.list_words import Choice
from customerfile.web.selection import Bar
from customerfile.web.templatetags.pages import day, icon

register = template.Library()
_NUMBER = "NUMBER"  # stands for a customer's number in an address


@register.simple_tag
def customer_rows(rows: Sequence[ListRow], bar: Bar | None) -> SafeString:
    """The rows of the list, each with a box to tick where `bar` stands above."""
    address = reverse("customer", kwargs={"number": _NUMBER})
    named = gettext("Select {name}")
    return _whole(
        f"<tr>{_box(row, bar, named) if bar else ''}<td>"
        f'<a class="row-link" href="{address.replace(_NUMBER, row.number)}">{escape(row.name)}</a>'
        f'{_mark(row.kind)} <span class="narrow-only cell-note">{escape(row.note)}</span></td>'
        f"{''.join(_cell(cell, shows_narrow=at == 0) for at, cell in enumerate(row.cells))}</tr>\n"
        for row in rows
    )


@register.simple_tag
def filter_links(choices: Sequence[Choice], address: str, query: str) -> SafeString:
    """Links that begin a filter by each field."""
    start = escape(f"{address}?{query}&pick=" if query else f"{address}?pick=")
    return _whole(f'<a href="{start}{quote(each.key)}">{escape(each.label)}</a>' for each in choices)


@register.simple_tag
def column_boxes(choices: Sequence[Choice]) -> SafeString:
    """Boxes to tick for each column."""
    return _whole(
        '<label><input class="form-check-input" type="checkbox" name="show"'
        f' value="{escape(each.key)}"{" checked" if each.chosen else ""}>{escape(each.label)}</label>'
        for each in choices
    )


def _box(row: ListRow, bar: Bar, named: str) -> str:
    ticked = " checked" if row.id in bar.here else ""
    given = " disabled" if bar.selection.is_all else ""
    return (
        '<td class="select-cell"><input class="form-check-input" type="checkbox" name="chosen"'
        f' value="{row.id}" aria-label="{escape(named.format(name=row.name))}"{ticked}{given}></td>'
    )


def _mark(kind: str) -> str:
    if kind != "organisation":
        return ""
    title = escape(gettext("Organisation"))
    hidden = f'<span class="visually-hidden">{title}</span>'
    return f' <span class="kind-mark" title="{title}">{icon("building")}{hidden}</span>'


def _cell(cell: Cell, *, shows_narrow: bool) -> str:
    """A cell. On a phone the first of a row alone is shown beside the name."""
    width = "" if shows_narrow else "wide-only "
    if isinstance(cell, datetime):
        return f'<td class="{width}muted">{day(cell)}</td>'
    if isinstance(cell, int):
        return f'<td class="{width}number">{words.number_text(cell)}</td>'
    text = escape(cell)
    return f'<td class="{width}clip" title="{text}">{text or "–"}</td>'


def _whole(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
