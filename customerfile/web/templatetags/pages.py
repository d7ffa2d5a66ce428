"""Filters and tags that the templates load: icons, words, money, moments."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext

from customerfile.web import words
from customerfile.web.list_words import choice_words

register = template.Library()

register.filter("rule_words", words.rule_words)
register.filter("cause_words", words.cause_words)
register.filter("as_words", words.sentence)
register.filter("verdict_words", words.verdict_words)
register.filter("act_words", words.act_words)
register.filter("duration", words.duration)
register.filter("choice_words", choice_words)


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the vendored sprite. It is decoration: the words beside it say what it means."""
    address = f"{static('vendor/icons.svg')}#{name}"
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}"></use></svg>', classes, address
    )


@register.filter
def day(moment: datetime) -> SafeString:
    """A day, with the exact moment for programs and on hovering."""
    local = localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        f"{local:%Y-%m-%d %H:%M:%S %Z}",
        words.day_text(local.date()),
    )


@register.filter
def moment(instant: datetime) -> SafeString:
    """A day and time."""
    local = localtime(instant)
    return format_html(
        '<time datetime="{}" title="{}">{}, {}</time>',
        instant.isoformat(),
        f"{local:%Y-%m-%d %H:%M:%S %Z}",
        words.day_text(local.date()),
        words.time_text(local.time()),
    )


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency."""
    return words.money_text(amount, currency)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last word of a name."""
    letters = [word[0].upper() for word in name.split() if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:])


@register.filter
def shown_detected(value: object) -> str:
    """What a reader found out, in words."""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return gettext("yes") if value is True else words.separator(str(value))
