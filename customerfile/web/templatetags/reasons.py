"""Filters that put reasons one behind the other."""

from collections.abc import Sequence
from functools import reduce

from django import template
from django.utils.translation import gettext

from customerfile.matching.score import Reason

register = template.Library()


@register.filter
def their_words(reasons: Sequence[Reason]) -> list[str]:
    """What each reason says."""
    return [reason.words for reason in reasons]


@register.filter
def one_behind_the_other(reasons: Sequence[str]) -> str:
    """ "same town; same phone number", with the space before the semicolon that some languages want."""
    return reduce(_and_then, reasons) if reasons else ""


def _and_then(first: str, then: str) -> str:
    return gettext("{first}; {then}").format(first=first, then=then)
