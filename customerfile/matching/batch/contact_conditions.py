"""E-mail, phone, postal address and the other lists, as SQL: compare_contacts.py, said in the words of a database."""

from __future__ import annotations

from collections.abc import Mapping

from customerfile.matching.batch.conditions import OTHERWISE, Conditions, either_missing
from customerfile.matching.batch.dialect import Dialect
from customerfile.matching.compare_contacts import SIMILAR_CITY, SIMILAR_STREET


def contact_conditions(dialect: Dialect) -> Mapping[str, Conditions]:
    """Comparison -> conditions."""
    return {
        "email": _email(dialect),
        "phone": _phone(dialect),
        "address": _address(dialect),
        "weak_identifier": _shared(dialect, "weak"),
        "domain": _shared(dialect, "domains"),
    }


def _shared(dialect: Dialect, column: str) -> Conditions:
    levels = {"same": dialect.share(f"{column}_l", f"{column}_r"), "different": OTHERWISE}
    return Conditions(either_missing(column), levels)


def _email(dialect: Dialect) -> Conditions:
    """A shared mailbox counts also where no personal address is known."""
    mailbox = dialect.share("mailboxes_l", "mailboxes_r")
    levels = {
        "same": dialect.share("emails_l", "emails_r"),
        "shared_mailbox": mailbox,
        "local_part": dialect.share("local_parts_l", "local_parts_r"),
        "different": OTHERWISE,
    }
    return Conditions(f"({either_missing('emails')}) AND NOT coalesce({mailbox}, false)", levels)


def _phone(dialect: Dialect) -> Conditions:
    levels = {
        "same": dialect.share("phones_l", "phones_r"),
        "last_seven": " OR ".join(
            dialect.share(f"local_endings_{a}", f"endings_{b}") for a, b in (("l", "r"), ("r", "l"))
        ),
        "different": OTHERWISE,
    }
    return Conditions(either_missing("phones"), levels)


def _address(dialect: Dialect) -> Conditions:
    """The best pair of addresses counts."""
    levels = {level: _of_any_pair(dialect, condition) for level, condition in _ONE_ADDRESS.items()}
    unknown = f"{either_missing('addresses')} OR NOT {_of_any_pair(dialect, _IS_COMPARABLE)}"
    return Conditions(unknown, {**levels, "different": OTHERWISE})


def _of_any_pair(dialect: Dialect, condition: str) -> str:
    inner = dialect.is_any("addresses_r", "b", condition)
    return f"({dialect.is_any('addresses_l', 'a', inner)})"


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
