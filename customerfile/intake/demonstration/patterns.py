"""Templates for postcodes and phone numbers: # is a digit, @ a letter, [10-28] a number in that range."""

import random
import re

_PLACE = re.compile(r"\[(\d+)-(\d+)\]|[#@]")
_LETTERS = "ABDEFGHJLNPQRTUWXY"  # without those that British postcodes leave out, and S (no Dutch SA, SD, SS)


def fill_pattern(rng: random.Random, pattern: str) -> str:
    """The pattern with every place filled: "LS[1-17] #@@" becomes "LS6 2AB"."""
    return _PLACE.sub(lambda place: _fill(rng, place), pattern)


def _fill(rng: random.Random, place: re.Match[str]) -> str:
    if place[0] == "#":
        return str(rng.randrange(10))
    if place[0] == "@":
        return rng.choice(_LETTERS)
    low, high = place[1], place[2]
    return str(rng.randint(int(low), int(high))).zfill(len(low))
