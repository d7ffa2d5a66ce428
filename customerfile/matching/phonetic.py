"""How a folded name sounds, roughly: the first letter and the next three consonant groups of its spelling."""

import re
from functools import lru_cache

from customerfile.matching.name_relations import family_spelling

_GROUPS = str.maketrans(
    "bfpvcgjkqsxzdtlmnrhwaeiouy", "1111" + "2" * 8 + "33" + "4" + "55" + "6" + "--" + "......"
)
_FIRST = str.maketrans("cqzwxyj", "kksvsii")
_LENGTH = 4
# particles that are as often joined, shortened or left out: vd Berg, Vandenberg, Berg; al-Masri, Elmasri, Masri
_PARTICLE = re.compile(r"^(?:v(?:an)? ?(?:de[nr]?|d)?|[ae]l) ?(?=[^aeioul ][^ ]{3})")


@lru_cache(maxsize=65536)
def phonetic(name: str) -> str:
    """A four-character code of a folded name; "" for one without a letter a-z.

    Spellings of one name have one code.
    """
    letters = "".join(filter(str.isalpha, family_spelling(_PARTICLE.sub("", name).replace(" ", ""))))
    if not letters or not letters.isascii():
        return letters[:_LENGTH]
    code = [("f" + letters[2:] if letters.startswith("ph") else letters)[0].translate(_FIRST)]
    previous = letters[0].translate(_GROUPS)
    for group in letters[1:].translate(_GROUPS):
        if group.isdigit() and group != previous:
            code.append(group)
        if group != "-":  # h and w do not part two letters of one group
            previous = group
    return "".join(code[:_LENGTH])
