"""How figures of data quality are worded. Pure."""

from __future__ import annotations

from customerfile.quality.measures import WHOLE, Figure, Measure, margin

_DAYS_OF_YEARS = 730
_DAYS_OF_MONTHS = 60
_DAYS_A_MONTH = 30.44
_DAYS_A_YEAR = 365.25

_TITLES = {
    Measure.COMPLETENESS: "{field} is missing{source}",
    Measure.VALIDITY: "{field}: a value was refused{source}",
    Measure.DUPLICATION: "{field} is shared with another customer",
    Measure.AGE: "{field} was last said over six months ago{source}",
    Measure.UNCONFIRMED: "Not confirmed for six months",
}
_TITLES_OF_ALL = {
    Measure.COMPLETENESS: "A field in use is missing{source}",
    Measure.VALIDITY: "A value was refused{source}",
    Measure.DUPLICATION: "More than one record of the same customer{source}",
    Measure.AGE: "The record was last changed over six months ago{source}",
    Measure.UNCONFIRMED: "Not confirmed for six months",
}
_REMEDIES = {
    Measure.COMPLETENESS: "Open a customer to add what is missing, or ask for it at the next contact.",
    Measure.VALIDITY: "The source delivered a value that cannot be right. Correct it there, or here on the customer's"
    " page; the delivery's report says why it was refused.",
    Measure.DUPLICATION: "Look whether they are one customer. If so, merge them; where the source holds somebody twice,"
    " put that right in the source.",
    Measure.AGE: "Ask whether it still holds. What you correct counts as said today.",
    Measure.UNCONFIRMED: "No record said anything new of these customers and nobody corrected anything, the longest ago"
    " first. Ask them whether what is on file still holds. Who is heard of leaves the list at once.",
}
_FAULTS = {
    Measure.COMPLETENESS: "missing",
    Measure.VALIDITY: "refused",
    Measure.DUPLICATION: "shared",
    Measure.AGE: "over 6 months",
    Measure.UNCONFIRMED: "customers",
}


def value_text(figure: Figure) -> str:
    """ "93.4 %", of age "40 days", "7 months", "3 years"."""
    return age_text(figure.value) if figure.measure is Measure.AGE else share_text(figure.value)


def share_text(share: float) -> str:
    """ "93.4 %"; what is not all is never shown as all, nor what is not nothing as nothing."""
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    return f"{min(99.9, max(0.1, share * 100)):.1f} %"


def age_text(days: float) -> str:
    """Days in the unit that fits."""
    for least, size, unit in (
        (_DAYS_OF_YEARS, _DAYS_A_YEAR, "years"),
        (_DAYS_OF_MONTHS, _DAYS_A_MONTH, "months"),
    ):
        if days >= least:
            return f"{days / size:.0f} {unit}"
    return "1 day" if round(days) == 1 else f"{days:.0f} days"


def margin_text(figure: Figure) -> str:
    """ "± 0.4" percentage points; "" where all were counted."""
    found = margin(figure) * 100
    return f"± {max(found, 0.1):.1f}" if found else ""


def count_text(figure: Figure) -> str:
    """ "1,204", of a sample "about 1,204"; "no" for none."""
    if not figure.affected:
        return "no"
    return f"{'about ' if figure.is_estimate else ''}{figure.affected_of_all:,}"


def affected_text(figure: Figure) -> str:
    """ "1,204 missing"; "" where nothing is wrong."""
    if not figure.affected:
        return ""
    is_of_records = figure.measure is Measure.DUPLICATION and figure.field == WHOLE
    return f"{count_text(figure)} {'duplicate' if is_of_records else _FAULTS[figure.measure]}"


def figure_title(figure: Figure, *, field: str, source: str) -> str:
    """What the customers behind a figure have in common; `field`, `source` as they are called, "" where of all."""
    words = _TITLES if figure.field != WHOLE else _TITLES_OF_ALL
    return words[figure.measure].format(field=field, source=f" in {source}" if source else "")


def figure_remedy(figure: Figure) -> str:
    """What can be done about it."""
    return _REMEDIES[figure.measure]
