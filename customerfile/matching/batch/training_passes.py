"""The passes in which m is found: pairs that agree on some comparisons, which tells about all the others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from customerfile.matching.columns import Levels
from customerfile.matching.model import MatchModel

type Agreement = Mapping[str, tuple[str, ...]]  # comparison -> the levels that count as agreeing

_NAME = ("same_very_common", "same_common", "same_uncommon", "same_rare")
_PLACE = ("postcode", "number_and_postcode", "street", "dwelling")

# As the blocking rules bring pairs together.
PASSES: Mapping[str, Agreement] = {
    "by_email": {"email": ("same",)},
    "by_phone": {"phone": ("last_seven", "same")},
    "by_birth_and_given_name": {"birth_date": ("same",), "given_name": _NAME},
    "by_birth_and_family_name": {"birth_date": ("same",), "family_name": _NAME},
    "by_birth_and_place": {"birth_date": ("same",), "address": _PLACE},
    "by_names_and_place": {"given_name": _NAME, "family_name": _NAME, "address": _PLACE},
    "by_strong_identifier": {"strong_identifier": ("same",)},
    "by_weak_identifier": {"weak_identifier": ("same",)},
    "by_organisation": {"organisation_name": ("close", "same"), "address": _PLACE},
    "by_domain": {"domain": ("same",)},
}
# What follows from an agreement and so is not told by its pairs: the gender from the given name, and so on.
_FOLLOWS = {"email": ("domain",), "domain": ("email",), "given_name": ("gender",)}


def blocked_on(agreement: Agreement) -> tuple[str, ...]:
    """The comparisons of which pairs that agree so tell nothing."""
    follow = (other for name in agreement for other in _FOLLOWS.get(name, ()))
    return tuple(dict.fromkeys((*agreement, *follow)))


def agreeing(model: MatchModel, level: Levels, agreement: Agreement) -> NDArray[np.bool_]:
    """Which rows of levels agree so."""
    found = np.ones(len(level), dtype=np.bool_)
    for name, levels in agreement.items():
        position = model.position(name)
        numbers = [model.comparisons[position].index(each) for each in levels]
        found &= np.isin(level[:, position], numbers)
    return found
