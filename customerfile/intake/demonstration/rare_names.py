"""Made-up rare names out of syllables: as many different ones as a large file of people has."""

import random

from customerfile.intake.demonstration.words import syllables


def rare_names(rng: random.Random, count: int) -> list[str]:
    """That many different names; there are some 240,000."""
    starts, middles, ends = syllables("starts"), syllables("middles"), syllables("ends")
    names = []
    for number in rng.sample(range(len(starts) * len(middles) * len(ends)), count):
        rest, end = divmod(number, len(ends))
        start, middle = divmod(rest, len(middles))
        names.append(starts[start] + middles[middle] + ends[end])
    return names
