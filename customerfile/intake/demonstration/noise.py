"""How people and clerks get things slightly wrong: slips of the finger, nicknames, day and month swapped."""

import random
from datetime import date

from customerfile.intake.demonstration.words import nicknames

_KEYS = "abcdefghijklmnopqrstuvwxyz"
_BESIDE = "svxfrghjokkknmpowtdriberux"
_NEIGHBOURS = dict(zip(_KEYS, _BESIDE, strict=True))  # the key struck instead, on an English keyboard


def misspell(rng: random.Random, word: str) -> str:
    """The word with one slip: a letter left out, doubled, swapped with the next, or a neighbour struck."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    slip = rng.randrange(4)
    if slip == 0:
        return word[:at] + word[at + 1 :]
    if slip == 1:
        return word[:at] + word[at] + word[at:]
    if slip == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]


def shorten(rng: random.Random, given_name: str) -> str:
    """A nickname where one is known, else the name."""
    return rng.choice(nicknames().get(given_name, (given_name,)))


def swap_day_and_month(day: date) -> date:
    """Day and month in each other's place where that is still a date."""
    return day.replace(day=day.month, month=day.day) if day.day <= 12 else day
