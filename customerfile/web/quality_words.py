"""How figures of data quality are worded."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext

from customerfile.quality.measures import WHOLE, Figure, Measure, margin
from customerfile.web.words import number_text

_DAYS_OF_YEARS = 730
_DAYS_OF_MONTHS = 60
_DAYS_A_MONTH = 30.44
_DAYS_A_YEAR = 365.25

_TITLES = {
    Measure.COMPLETENESS: gettext_noop("{field} is missing"),
    Measure.VALIDITY: gettext_noop("{field}: a value was refused"),
    Measure.DUPLICATION: gettext_noop("{field} is shared with another customer"),
    Measure.AGE: gettext_noop("{field} was last said over six months ago"),
    Measure.UNCONFIRMED: gettext_noop("Not confirmed for six months"),
}
_TITLES_IN_SOURCE = {
    Measure.COMPLETENESS: gettext_noop("{field} is missing in {source}"),
    Measure.VALIDITY: gettext_noop("{field}: a value was refused in {source}"),
    Measure.DUPLICATION: gettext_noop("{field} is shared with another customer"),
    Measure.AGE: gettext_noop("{field} was last said over six months ago in {source}"),
    Measure.UNCONFIRMED: gettext_noop("Not confirmed for six months"),
}
_TITLES_OF_ALL = {
    Measure.COMPLETENESS: gettext_noop("A field in use is missing"),
    Measure.VALIDITY: gettext_noop("A value was refused"),
    Measure.DUPLICATION: gettext_noop("More than one record of the same customer"),
    Measure.AGE: gettext_noop("The record was last changed over six months ago"),
    Measure.UNCONFIRMED: gettext_noop("Not confirmed for six months"),
}
_TITLES_OF_ALL_IN_SOURCE = {
    Measure.COMPLETENESS: gettext_noop("A field in use is missing in {source}"),
    Measure.VALIDITY: gettext_noop("A value was refused in {source}"),
    Measure.DUPLICATION: gettext_noop("More than one record of the same customer in {source}"),
    Measure.AGE: gettext_noop("The record was last changed over six months ago in {source}"),
    Measure.UNCONFIRMED: gettext_noop("Not confirmed for six months"),
}
_REMEDIES = {
    Measure.COMPLETENESS: gettext_noop(
        "Open a customer to add what is missing, or ask for it at the next contact."
    ),
    Measure.VALIDITY: gettext_noop(
        "The source delivered a value that cannot be right. Correct it there, or here on the customer's page; the"
        " delivery's report says why it was refused."
    ),
    Measure.DUPLICATION: gettext_noop(
        "Look whether they are one customer. If so, merge them; where the source holds somebody twice, put that right"
        " in the source."
    ),
    Measure.AGE: gettext_noop("Ask whether it still holds. What you correct counts as said today."),
    Measure.UNCONFIRMED: gettext_noop(
        "No record said anything new of these customers and nobody corrected anything, the longest ago first. Ask them"
        " whether what is on file still holds. Who is heard of leaves the list at once."
    ),
}
_MEASURES = {
    Measure.COMPLETENESS: gettext_noop("Completeness"),
    Measure.VALIDITY: gettext_noop("Validity"),
    Measure.DUPLICATION: gettext_noop("Duplication"),
    Measure.AGE: gettext_noop("Age"),
}
_COMMON_KINDS = {
    "email": gettext_noop("email"),
    "phone": gettext_noop("phone"),
    "domain": gettext_noop("domain"),
    "strong_identifier": gettext_noop("strong_identifier"),
    "weak_identifier": gettext_noop("weak_identifier"),
}


def measure_words(measure: Measure) -> str:
    """What a measure is called."""
    return gettext(_MEASURES[measure])


def common_kind_words(kind: str) -> str:
    """What kind of value it is that too many share."""
    return gettext(_COMMON_KINDS.get(kind, kind)).capitalize()


def value_text(figure: Figure) -> str:
    """ "93.4 %", of age "40 days", "7 months", "3 years"."""
    return age_text(figure.value) if figure.measure is Measure.AGE else share_text(figure.value)


def share_text(share: float) -> str:
    """ "93.4 %"; what is not all is never shown as all, nor what is not nothing as nothing."""
    told = gettext("{number} %")
    if share in (0.0, 1.0):
        return told.format(number=f"{share * 100:.0f}")
    return told.format(number=_with_one_decimal(min(99.9, max(0.1, share * 100))))


def _with_one_decimal(number: float) -> str:
    """Rounded here: to be written with fewer decimals alone cuts them off."""
    return number_format(round(number, 1), decimal_pos=1, use_l10n=True)


def age_text(days: float) -> str:
    """Days in the unit that fits."""
    if days >= _DAYS_OF_YEARS:
        years = round(days / _DAYS_A_YEAR)
        return ngettext("{number} year", "{number} years", years).format(number=years)
    if days >= _DAYS_OF_MONTHS:
        months = round(days / _DAYS_A_MONTH)
        return ngettext("{number} month", "{number} months", months).format(number=months)
    return ngettext("{number} day", "{number} days", round(days)).format(number=round(days))


def margin_text(figure: Figure) -> str:
    """ "± 0.4" percentage points; "" where all were counted."""
    found = margin(figure) * 100
    return f"± {_with_one_decimal(max(found, 0.1))}" if found else ""


def tile_text(figure: Figure) -> str:
    """What is wrong in the whole file: "1,204 values were refused", of a sample "about 1,204 values …"."""
    count, number = figure.affected_of_all, _count_text(figure)
    match figure.measure:
        case Measure.COMPLETENESS:
            if not figure.affected:
                return gettext("no values are missing in the fields in use")
            told = ngettext(
                "{number} values are missing in the fields in use",
                "{number} values are missing in the fields in use",
                count,
            )
        case Measure.VALIDITY:
            if not figure.affected:
                return gettext("no values were refused")
            told = ngettext("{number} values were refused", "{number} values were refused", count)
        case Measure.DUPLICATION:
            if not figure.affected:
                return gettext("no records are a further one of their customer in one source")
            told = ngettext(
                "{number} records are a further one of their customer in one source",
                "{number} records are a further one of their customer in one source",
                count,
            )
        case _:
            if not figure.affected:
                return gettext("no customers to ask")
            told = ngettext("{number} customers to ask", "{number} customers to ask", count)
    return told.format(number=number)


def _count_text(figure: Figure) -> str:
    """ "1,204", of a sample "about 1,204"."""
    number = number_text(figure.affected_of_all)
    return gettext("about {number}").format(number=number) if figure.is_estimate else number


def affected_text(figure: Figure) -> str:
    """ "1,204 missing"; "" where nothing is wrong."""
    if not figure.affected:
        return ""
    return _affected(figure, figure.affected_of_all).format(number=_count_text(figure))


def _affected(figure: Figure, count: int) -> str:
    match figure.measure:
        case Measure.COMPLETENESS:
            return ngettext("{number} missing", "{number} missing", count)
        case Measure.VALIDITY:
            return ngettext("{number} refused", "{number} refused", count)
        case Measure.DUPLICATION if figure.field == WHOLE:
            return ngettext("{number} duplicate", "{number} duplicate", count)
        case Measure.DUPLICATION:
            return ngettext("{number} shared", "{number} shared", count)
        case Measure.AGE:
            return gettext("{number} over 6 months")
        case _:
            return ngettext("{number} customers", "{number} customers", count)


def figure_title(figure: Figure, *, field: str, source: str) -> str:
    """What the customers behind a figure have in common; `field`, `source` as they are called, "" where of all."""
    if figure.field != WHOLE:
        words = _TITLES_IN_SOURCE if source else _TITLES
    else:
        words = _TITLES_OF_ALL_IN_SOURCE if source else _TITLES_OF_ALL
    return gettext(words[figure.measure]).format(field=field, source=source)


def figure_remedy(figure: Figure) -> str:
    """What can be done about it."""
    return gettext(_REMEDIES[figure.measure])
