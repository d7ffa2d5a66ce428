"""E-mail, phone, postal address and the other lists, as SQL: compare_contacts.py, said in the words of a database."""

from __future__ import annotations

from collections.abc import Mapping

from customerfile.matching.batch.conditions import OTHERWISE, Conditions, either_missing, of_any_pair, share
from customerfile.matching.compare_contacts import SIMILAR_CITY, SIMILAR_STREET


def contact_conditions() -> Mapping[str, Conditions]:
    """Comparison -> conditions."""
    return {
        "email": _email(),
        "phone": _phone(),
        "address": _address(),
        "weak_identifier": _shared("weak"),
        "domain": _shared("domains"),
    }


def _shared(column: str) -> Conditions:
    levels = {"same": share(f"{column}_l", f"{column}_r"), "different": OTHERWISE}
    return Conditions(either_missing(column), levels)


def _email() -> Conditions:
    """A shared mailbox counts also where no personal address is known."""
    mailbox = share("mailboxes_l", "mailboxes_r")
    levels = {
        "same": share("emails_l", "emails_r"),
        "shared_mailbox": mailbox,
        "local_part": share("local_parts_l", "local_parts_r"),
        "different": OTHERWISE,
    }
    return Conditions(f"({either_missing('emails')}) AND NOT coalesce({mailbox}, false)", levels)


def _phone() -> Conditions:
    levels = {
        "same": share("phones_l", "phones_r"),
        "last_seven": " OR ".join(
            share(f"local_endings_{a}", f"endings_{b}") for a, b in (("l", "r"), ("r", "l"))
        ),
        "different": OTHERWISE,
    }
    return Conditions(either_missing("phones"), levels)


def _address() -> Conditions:
    """The best pair of addresses counts."""
    levels = {level: of_any_pair("addresses", condition) for level, condition in _ONE_ADDRESS.items()}
    unknown = f"{either_missing('addresses')} OR NOT {of_any_pair('addresses', _IS_COMPARABLE)}"
    return Conditions(unknown, {**levels, "different": OTHERWISE})


def _same(part: str) -> str:
    return f"(a.{part} = b.{part})"


def _known(part: str) -> str:
    return f"(a.{part} IS NOT NULL AND b.{part} IS NOT NULL)"


_SAME_STREET = (
    f"({_same('street')} OR (({_same('number')} OR {_same('postcode')} OR {_same('city')})"
    f" AND alike(a.street, b.street, {SIMILAR_STREET})))"
)
_SAME_PLACE = f"({_same('postcode')} OR {_same('city')})"
_NEAR_PLACE = f"(alike(a.city, b.city, {SIMILAR_CITY}) OR one_slip(a.postcode, b.postcode))"
_SAME_UNIT = "(a.unit IS NULL OR b.unit IS NULL OR a.unit = b.unit)"
_IS_UNPLACED = f"NOT ({_known('postcode')} OR {_known('city')})"
_IS_COMPARABLE = f"({_known('street')} OR {_known('postcode')} OR {_known('city')})"

# Of one pair of addresses, each where none above it holds.
_ONE_ADDRESS = {
    "dwelling": f"{_same('number')} AND {_SAME_STREET} AND ({_SAME_PLACE} OR {_NEAR_PLACE}) AND {_SAME_UNIT}",
    "street": f"{_SAME_STREET} AND ({_SAME_PLACE} OR ({_same('number')} AND ({_IS_UNPLACED} OR {_NEAR_PLACE})))",
    "number_and_postcode": f"{_same('postcode')} AND {_same('number')}",
    "postcode": _same("postcode"),
    "city": f"{_same('city')} AND NOT {_known('street')}",
}
