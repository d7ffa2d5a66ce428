"""Which passwords are taken: long enough, and none of those that are tried first. There is no rule of composition.

Every list is on this machine. Alone a password has at least 15 characters; 8 are enough beside a second factor.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import password_validation

from customerfile.access.breaches import is_breached
from customerfile.access.errors import PasswordRefused
from customerfile.base.told import told

SHORTEST_ALONE = 15
SHORTEST_BESIDE_SECOND_FACTOR = 8
LONGEST = 1024  # far beyond what anybody types; every character of it counts
_SHORT_UNIT = 3  # what is repeated to fill a password up: "aaaaaaaaaaaaaaaa", "abcabcabcabcabc"
_OURS = "customerfile"


def require_password(password: str, *, username: str, has_second_factor: bool) -> None:
    """Raises PasswordRefused where this cannot be the password of this person."""
    shortest = SHORTEST_BESIDE_SECOND_FACTOR if has_second_factor else SHORTEST_ALONE
    if len(password) < shortest:
        raise PasswordRefused(
            told("A password needs at least {shortest} characters.", shortest=shortest),
            "A few words that do not belong together are easy to keep in mind.",
        )
    if len(password) > LONGEST:
        raise PasswordRefused(
            told("A password has at most {longest} characters.", longest=LONGEST), "Choose a shorter one."
        )
    if is_guessed_first(password, username=username):
        raise PasswordRefused(
            "This password is among those that are tried first.", "Choose one that nobody else has."
        )


def is_guessed_first(password: str, *, username: str = "") -> bool:
    """Whether it is on a list of common or breached passwords, names and words, or repeats one of them."""
    folded = password.casefold()
    unit = _repeated_unit(folded)
    expected = {username.casefold(), _OURS} - {""}
    return (
        len(unit) <= _SHORT_UNIT
        or unit in expected
        or bool({folded, unit} & common_passwords())
        or is_breached(password, settings.BREACHED_PASSWORDS)
    )


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Common passwords, words and names, in lower case: zxcvbn's lists and Django's."""
    return frozenset(each.casefold() for each in _listed())


def _listed() -> Iterator[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - a fifth of a second, and rarely needed

    for words in FREQUENCY_LISTS.values():
        yield from words
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (line.strip() for line in lines)


def _repeated_unit(text: str) -> str:
    """The shortest beginning that fills the text by being repeated, the last time perhaps in part."""
    for length in range(1, len(text) // 2 + 1):
        if text[length:] == text[:-length]:
            return text[:length]
    return text
