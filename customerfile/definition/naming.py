"""How things are named: keys in snake_case, event types as Object Action. Pure."""

import re

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
KEY_REMEDY = "Use small letters, digits and underscores, starting with a letter, 63 at most."

_OBJECT_WORD = re.compile(r"[A-Z][A-Za-z0-9]*")
_SMALL_WORDS = ("to", "from", "of", "as", "in", "on", "by", "for", "with")
_IRREGULAR_ACTIONS = (
    "Begun", "Born", "Bought", "Broken", "Brought", "Built", "Chosen", "Cut", "Done", "Drawn", "Driven",
    "Fallen", "Felt", "Flown", "Forgotten", "Found", "Given", "Gone", "Grown", "Had", "Heard", "Held",
    "Hidden", "Hit", "Kept", "Known", "Laid", "Led", "Left", "Lent", "Let", "Lost", "Made", "Meant",
    "Met", "Paid", "Put", "Read", "Reset", "Repaid", "Rung", "Run", "Said", "Seen", "Sent", "Set",
    "Shown", "Shut", "Sold", "Split", "Spoken", "Spent", "Stolen", "Sung", "Swum", "Taken", "Taught",
    "Thought", "Thrown", "Told", "Understood", "Upheld", "Undone", "Withdrawn", "Withheld", "Won",
    "Worn", "Written",
)  # fmt: skip


def is_object_action(name: str) -> bool:
    """Is this an object followed by an action in the past: "Order Completed", "Product Added to Wishlist"?"""
    words = name.split(" ")
    if not all(
        _OBJECT_WORD.fullmatch(word) or (place and word in _SMALL_WORDS) for place, word in enumerate(words)
    ):
        return False
    return any(word.endswith("ed") or word in _IRREGULAR_ACTIONS for word in words[1:] if word[0].isupper())
