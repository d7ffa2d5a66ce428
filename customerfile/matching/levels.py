"""The comparisons a model must hold, each with its level names in the order of their numbers. -1 stands for unknown."""

from collections.abc import Mapping

from customerfile.base.told import noted_text

_SAME_NAME = ("same_very_common", "same_common", "same_uncommon", "same_rare")

LEVELS: Mapping[str, tuple[str, ...]] = {
    "kind": ("conflict", "same"),
    "given_name": ("different", "initial", "similar", "part", "nickname", "close", *_SAME_NAME),
    "family_name": ("different", "similar", "part", "close", *_SAME_NAME),
    "name_order": ("swapped",),
    "middle_name": ("different", "initial", "same"),
    "suffix": ("conflict", "same"),
    "birth_date": (
        "different",
        "year",
        "day_and_month",
        "as_far_as_known",
        "one_slip",
        "day_month_swapped",
        "same",
    ),
    "gender": ("different", "same"),
    "email": ("different", "local_part", "shared_mailbox", "same"),
    "phone": ("different", "last_seven", "same"),
    "address": ("different", "city", "postcode", "number_and_postcode", "street", "dwelling"),
    "strong_identifier": ("conflict", "mixed", "different", "one_slip", "same"),
    "weak_identifier": ("different", "same"),
    "organisation_name": ("different", "similar", "close", "same"),
    "domain": ("different", "same"),
}


COMPARED: Mapping[str, str] = {  # what each comparison is of, in words
    "kind": noted_text("Kind"),
    "given_name": noted_text("Given name"),
    "family_name": noted_text("Family name"),
    "name_order": noted_text("Name order"),
    "middle_name": noted_text("Middle name"),
    "suffix": noted_text("Suffix"),
    "birth_date": noted_text("Birth date"),
    "gender": noted_text("Gender"),
    "email": noted_text("Email"),
    "phone": noted_text("Phone"),
    "address": noted_text("Address"),
    "strong_identifier": noted_text("Strong identifier"),
    "weak_identifier": noted_text("Weak identifier"),
    "organisation_name": noted_text("Organisation name"),
    "domain": noted_text("Domain"),
}


def level_number(comparison: str, level: str) -> int:
    """The number of a named level."""
    return LEVELS[comparison].index(level)
