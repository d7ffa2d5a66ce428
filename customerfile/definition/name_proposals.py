"""Proposes names of the plan for names that break its convention: "order_done" is meant as "Order Completed". Pure."""

import re
from collections.abc import Collection
from difflib import SequenceMatcher

from customerfile.definition.naming import is_object_action

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ACTIONS = {
    "done": "completed", "finished": "completed", "complete": "completed", "placed": "completed", "paid": "completed",
    "purchase": "completed", "purchased": "completed", "bought": "completed", "create": "created", "new": "created",
    "make": "created", "made": "created", "add": "added", "remove": "removed", "delete": "removed",
    "deleted": "removed", "cancel": "cancelled", "canceled": "cancelled", "refund": "refunded",
    "returned": "refunded", "view": "viewed", "views": "viewed", "seen": "viewed", "visit": "viewed",
    "click": "clicked", "open": "opened", "close": "closed", "send": "sent", "receive": "received",
    "search": "searched", "update": "updated", "changed": "updated", "start": "started", "begin": "started",
    "ship": "shipped", "deliver": "delivered", "log": "logged", "submit": "submitted", "register": "registered",
    "book": "booked", "use": "used", "apply": "applied",
}  # fmt: skip
_OBJECTS = {"purchase": "order", "sale": "order", "item": "product", "phone": "call", "mail": "email"}
_SMALL = ("to", "from", "of", "as", "in", "on", "by", "for", "with")
_LIKELY = 0.72


def proposed_name(name: str, plan: Collection[str]) -> str:
    """The name of the plan that is probably meant; else the name as the convention has it; "" where none is found."""
    words = [word.lower() for word in _WORD.findall(name)]
    said = _normal(words)
    near = max(plan, key=lambda each: (_likeness(said, each), each), default="")
    if near and _likeness(said, near) >= _LIKELY:
        return near
    for order in (words, [*words[1:], *words[:1]]):
        made = " ".join(word.capitalize() for word in _in_the_past(order))
        if len(words) > 1 and order[0] not in _SMALL and is_object_action(made):
            return made
    return ""


def _normal(words: list[str]) -> frozenset[str]:
    """What a name says, whatever the order of its words."""
    return frozenset(_ACTIONS.get(word, _OBJECTS.get(word, word)) for word in words) | frozenset(
        _OBJECTS[word] for word in words if word in _OBJECTS
    )


def _likeness(said: frozenset[str], known: str) -> float:
    words = _normal([word.lower() for word in known.split()])
    letters = SequenceMatcher(None, " ".join(sorted(said)), " ".join(sorted(words))).ratio()
    return max(letters, len(said & words) / max(len(said | words), 1))


def _in_the_past(words: list[str]) -> list[str]:
    return [*words[:-1], _ACTIONS.get(words[-1], words[-1])] if words else []
