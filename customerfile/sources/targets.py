"""What a column may be mapped to: `given_name`, `phone[2].use`, `address.postcode`, `order.at`, `key` ..."""

import re
from dataclasses import dataclass
from functools import lru_cache

from customerfile.base.told import told
from customerfile.sources.faults import MappingFault
from customerfile.values.words import words

ADDRESS_PARTS = words("full line street house_number unit street_2 po_box city region postcode country")
VALUE_PARTS = words("value use scheme country region")
ORDER_PARTS = words("key at line product description quantity unit_price amount currency status discount")
EVENT_PARTS = words("name at key amount currency")
AGREEMENT_PARTS = words(
    "key kind number product status currency opened_on closed_on due_on amount balance balance_on under under_kind"
    " under_role"
)
HOLDER_PARTS = words("role key from to")
CONTROLS = frozenset(("key", "kind", "updated_at", "customer.key"))

_TARGET = re.compile(r"([a-z][a-z0-9_]*)(?:\[([1-9][0-9]?)\])?(?:\.([a-z][a-z0-9_]*))?")
_PROPERTY = re.compile(r"event\.property\.\S.*|agreement\.term\.[a-z][a-z0-9_]*")
_OTHERS = {
    "order": ORDER_PARTS,
    "event": EVENT_PARTS,
    "agreement": AGREEMENT_PARTS,
    "holder": HOLDER_PARTS,
}


@dataclass(frozen=True, slots=True)
class Target:
    text: str
    field: str  # the field key, or the whole text of a control, order, event, agreement or holder target
    group: int = 1  # which of several phones, addresses ...
    part: str = "value"
    declared: bool = True  # names a field of the file definition


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """Raises MappingFault for text that is no target. Whether the field exists is for the definition to
    say.
    """
    if text in CONTROLS or _PROPERTY.fullmatch(text):
        return Target(text, text, declared=False)
    found = _TARGET.fullmatch(text)
    if found is None:
        raise _no_target(text)
    field, group, part = found[1], int(found[2] or 1), found[3] or "value"
    if field in _OTHERS:
        if part not in _OTHERS[field] or found[2]:
            raise _no_target(text)
        return Target(text, text, declared=False)
    if part not in VALUE_PARTS and not (field == "address" and part in ADDRESS_PARTS):
        raise _no_target(text)
    return Target(text, field, group, "full" if field == "address" and part == "value" else part)


def _no_target(text: str) -> MappingFault:
    return MappingFault(
        told('"{target}" is not something a column can be mapped to.', target=text),
        "Use a field (given_name), a part (address.postcode, phone[2].use), order.at, event.name,"
        " agreement.balance or key.",
    )
