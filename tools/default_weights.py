"""The reasoned m and u probabilities, vetoes and thresholds of the default match model, each with its words."""

from typing import Any

LINK, REVIEW, COHESION = 23.0, 14.0, 6.0

# comparison -> level -> (words, share among matching pairs, share among other pairs)
COMPARISONS: dict[str, dict[str, tuple[str, float, float]]] = {
    "kind": {
        "conflict": ("one is a person, the other an organisation", 0.0001, 0.3),
        "same": ("same kind of customer", 0.7, 0.7),
    },
    "given_name": {
        "different": ("given names differ", 0.022, 0.93),
        "initial": ("an initial fits the given name", 0.03, 0.008),
        "similar": ("given names are similar", 0.01, 0.04),
        "part": ("one of several given names is the same", 0.03, 0.004),
        "nickname": ("given names stand for one another", 0.055, 0.0035),
        "close": ("given names differ by a slip", 0.05, 0.0015),
        "same_very_common": ("same given name, a very common one", 0.25, 0.0055),
        "same_common": ("same given name, a common one", 0.28, 0.0011),
        "same_uncommon": ("same given name, an uncommon one", 0.14, 0.00018),
        "same_rare": ("same given name, a rare one", 0.12, 0.0001),
    },
    "family_name": {
        "different": ("family names differ", 0.035, 0.985),
        "similar": ("family names are similar", 0.01, 0.004),
        "part": ("one of several family names is the same", 0.015, 0.0006),
        "close": ("family names differ by a slip", 0.04, 0.0006),
        "same_very_common": ("same family name, a very common one", 0.12, 0.0011),
        "same_common": ("same family name, a common one", 0.25, 0.00055),
        "same_uncommon": ("same family name, an uncommon one", 0.28, 0.0002),
        "same_rare": ("same family name, a rare one", 0.25, 0.00009),
    },
    "name_order": {"swapped": ("given and family name are exchanged", 0.02, 0.11)},
    "middle_name": {
        "different": ("middle names differ", 0.03, 0.9),
        "initial": ("an initial fits the middle name", 0.25, 0.06),
        "same": ("same middle name", 0.72, 0.04),
    },
    "suffix": {
        "conflict": ("generations differ (Jr, Sr, II ...)", 0.01, 0.5),
        "same": ("same generation (Jr, Sr, II ...)", 0.99, 0.5),
    },
    "birth_date": {
        "different": ("birth dates differ", 0.025, 0.965),
        "year": ("same birth year, another day", 0.007, 0.014),
        "day_and_month": ("same birthday, another year", 0.008, 0.0027),
        "as_far_as_known": ("birth dates agree as far as known", 0.035, 0.012),
        "one_slip": ("birth dates differ by one slip", 0.03, 0.001),
        "day_month_swapped": ("day and month of birth are exchanged", 0.01, 0.00004),
        "same": ("same birth date", 0.88, 0.000045),
    },
    "gender": {
        "different": ("genders differ", 0.03, 0.3),
        "same": ("same gender", 0.97, 0.7),
    },
    "email": {
        "different": ("e-mail addresses differ", 0.25, 0.993),
        "local_part": ("same e-mail name at another provider", 0.03, 0.002),
        "shared_mailbox": ("same shared mailbox", 0.02, 0.004),
        "same": ("same e-mail address", 0.7, 0.00004),
    },
    "phone": {
        "different": ("phone numbers differ", 0.3, 0.9985),
        "last_seven": ("same last seven digits of the phone number", 0.03, 0.00005),
        "same": ("same phone number", 0.67, 0.00008),
    },
    "address": {
        "different": ("addresses differ", 0.2, 0.92),
        "city": ("same town", 0.08, 0.06),
        "postcode": ("same postcode", 0.03, 0.012),
        "number_and_postcode": ("same house number and postcode", 0.04, 0.0002),
        "street": ("same street", 0.04, 0.0003),
        "dwelling": ("same address", 0.6, 0.00005),
    },
    "strong_identifier": {
        "conflict": ("identification numbers conflict", 0.01, 0.9),
        "mixed": ("one identification number is the same, another conflicts", 0.005, 0.005),
        "different": ("identification numbers of unknown kind differ", 0.1, 0.99),
        "one_slip": ("identification numbers differ by one slip", 0.05, 0.00002),
        "same": ("same identification number", 0.835, 0.0000005),
    },
    "weak_identifier": {
        "different": ("account numbers differ", 0.6, 0.99),
        "same": ("same account number", 0.4, 0.0001),
    },
    "organisation_name": {
        "different": ("organisation names differ", 0.05, 0.98),
        "similar": ("organisation names are similar", 0.1, 0.01),
        "close": ("organisation names are nearly the same", 0.1, 0.0001),
        "same": ("same organisation name", 0.75, 0.0002),
    },
    "domain": {
        "different": ("internet domains differ", 0.2, 0.99),
        "same": ("same internet domain", 0.8, 0.0002),
    },
}

_SUPPORT = {
    "birth_date": ["day_and_month", "as_far_as_known", "one_slip", "day_month_swapped", "same"],
    "email": ["local_part", "shared_mailbox", "same"],
    "phone": ["last_seven", "same"],
    "address": ["number_and_postcode", "street", "dwelling"],
    "strong_identifier": ["mixed", "one_slip", "same"],
    "weak_identifier": ["same"],
    "domain": ["same"],
}
_SAME_NUMBER = {"strong_identifier": ["same"]}
_PROOF = {"strong_identifier": ["same", "one_slip"]}
_SAME_GIVEN = ["nickname", "close", "same_very_common", "same_common", "same_uncommon", "same_rare"]

_UNSURE_GIVEN = ["unknown", "initial", "similar", "part", "nickname"]

VETOES: tuple[dict[str, Any], ...] = (
    {
        "name": "kind",
        "words": "A person and an organisation are never one customer.",
        "when": {"kind": ["conflict"]},
    },
    {
        "name": "strong_identifier",
        "words": "Their identification numbers of the same kind conflict.",
        "when": {"strong_identifier": ["conflict", "mixed"]},
    },
    {
        "name": "suffix",
        "words": "They are of different generations (Jr, Sr, II ...).",
        "when": {"suffix": ["conflict"]},
        "unless": {"strong_identifier": ["same"]},
    },
    {
        "name": "birth_date",
        "words": "Their birth dates conflict and no identification number speaks for them.",
        "when": {"birth_date": ["different"]},
        "unless": _PROOF,
        "lifted_by": {**_SAME_NUMBER, "birth_date": ["same", "one_slip", "day_month_swapped"]},
    },
    {
        "name": "given_name",
        "words": "Their given names differ and no identification number speaks for them.",
        "when": {"given_name": ["different"]},
        "unless": _PROOF,
        "lifted_by": {**_SAME_NUMBER, "given_name": _SAME_GIVEN},
    },
    {
        "name": "gender",
        "words": "They are of different genders and no given name is the same.",
        "when": {"gender": ["different"], "given_name": _UNSURE_GIVEN},
        "unless": _PROOF,
        "lifted_by": {**_SAME_NUMBER, "gender": ["same"]},
    },
    {
        "name": "gender_by_a_slip",
        "words": "They are of different genders, their given names differ by a slip and their birth dates are not"
        " the same.",
        "when": {"gender": ["different"], "given_name": ["close"]},
        "unless": {**_PROOF, "birth_date": ["same"]},
        "lifted_by": {**_SAME_NUMBER, "gender": ["same"]},
    },
    {
        "name": "names_alone",
        "words": "Nothing but the names agrees.",
        "when": {},
        "unless": _SUPPORT,
        "lifted_by": _SUPPORT,
    },
)
