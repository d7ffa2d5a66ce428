"""Birth date, gender, kind, suffix, identifiers, organisation name, as SQL: compare_facts.py in a database's words."""

from __future__ import annotations

from collections.abc import Mapping

from customerfile.matching.batch.conditions import (
    OTHERWISE,
    Conditions,
    either_missing,
    equal,
    is_any,
    of_any_pair,
    same_or,
    share,
)
from customerfile.matching.levels import level_number

_DATE_PARTS = ("birth_year", "birth_month", "birth_day")


def fact_conditions() -> Mapping[str, Conditions]:
    """Comparison -> conditions."""
    return {
        "kind": same_or("conflict", "kind"),
        "suffix": same_or("conflict", "suffix"),
        "gender": same_or("different", "gender"),
        "birth_date": _birth_date(),
        "strong_identifier": _strong_identifier(),
        "organisation_name": _organisation_name(),
    }


def _birth_date() -> Conditions:
    """`birth_text` holds whole dates only."""
    whole = "birth_text_l IS NOT NULL AND birth_text_r IS NOT NULL"
    year, month, day = (equal(part) for part in _DATE_PARTS)
    agree = " AND ".join(f"coalesce({equal(part)}, true)" for part in _DATE_PARTS)
    levels = {
        "same": equal("birth_text"),
        "day_month_swapped": f"{whole} AND {year} AND birth_month_l = birth_day_r AND birth_day_l = birth_month_r",
        "one_slip": "date_slip(birth_text_l, birth_text_r)",
        "as_far_as_known": f"({either_missing('birth_text')}) AND {agree}",
        "day_and_month": f"{whole} AND {month} AND {day}",
        "year": f"{whole} AND {year}",
        "different": OTHERWISE,
    }
    return Conditions(" AND ".join(f"({either_missing(part)})" for part in _DATE_PARTS), levels)


def _strong_identifier() -> Conditions:
    """The best pair of each scheme counts for the scheme."""
    same_scheme, exact = "a.scheme = b.scheme", "a.exact = b.exact"
    near = share("a.near", "b.near")
    same = of_any_pair("strong", f"{same_scheme} AND {exact}")
    slip = of_any_pair("strong", f"{same_scheme} AND {near}")
    unlike = f"{same_scheme} AND NOT ({exact} OR {near})"
    conflict = of_any_pair("strong", f"{unlike} AND a.known AND b.known AND NOT {_is_reconciled('a.scheme')}")
    different = of_any_pair("strong", f"{unlike} AND NOT (a.known AND b.known)")
    levels = {
        "same": f"{same} AND NOT {conflict}",
        "one_slip": f"{slip} AND NOT {conflict}",
        "different": f"{different} AND NOT ({same} OR {slip})",
        "mixed": f"{same} OR {slip}",
        "conflict": OTHERWISE,
    }
    return Conditions(
        f"{either_missing('strong')} OR NOT {of_any_pair('strong', same_scheme)}",
        levels,
    )


def _is_reconciled(scheme: str) -> str:
    """Whether any pair of the scheme is better than a conflict."""
    better = f"c.exact = d.exact OR {share('c.near', 'd.near')} OR NOT (c.known AND d.known)"
    inner = is_any("strong_r", "d", f"d.scheme = {scheme} AND ({better})")
    return f"({is_any('strong_l', 'c', f'c.scheme = {scheme} AND {inner}')})"


def _organisation_name() -> Conditions:
    """The function knows all levels; it is asked only where both have a name and the names differ."""
    return Conditions(
        either_missing("organisation"),
        {
            "same": f"{equal('organisation')} OR {_organisation_is('same')}",
            "close": _organisation_is("close"),
            "similar": _organisation_is("similar"),
            "different": OTHERWISE,
        },
    )


def _organisation_is(level: str) -> str:
    return f"organisation_level(organisation_l, organisation_r) = {level_number('organisation_name', level)}"
