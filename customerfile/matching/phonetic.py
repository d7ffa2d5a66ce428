"""How a folded name sounds, roughly: the first letter and the next three consonant groups.

Made for every distinct name of an import, so it undoes only the spellings that change the groups, in few steps.
"""

import re
from functools import lru_cache

from customerfile.values.equivalent_families import EQUIVALENT_FAMILIES

_GROUPS = str.maketrans(
    "bfpvcgjkqsxzdtlmnrhwaeiouy", "1111" + "2" * 8 + "33" + "4" + "55" + "6" + "--" + "......"
)
_FIRST = str.maketrans("cqzwxyj", "kksvsii")
_LENGTH = 4
# particles that are as often joined, shortened or left out: vd Berg, Vandenberg, Berg; al-Masri, Elmasri, Masri
_PARTICLE = re.compile(r"(?:v(?:an)?(?:de[nr]?|d)?|[ae]l)(?=[^aeioul].{3})")
_AS_V = ("ow", "ew", "owa", "ewa")  # Iwanow, Iwanowa


@lru_cache(maxsize=65536)
def phonetic(name: str) -> str:
    """A four-character code of a folded name; "" for one without a letter a-z. Most spellings of a name share it."""
    letters = "".join(filter(str.isalpha, name))
    if not letters or not letters.isascii():
        return letters[:_LENGTH]
    letters = _plain(EQUIVALENT_FAMILIES.get(letters, letters))
    code = [("f" + letters[2:] if letters.startswith("ph") else letters)[0].translate(_FIRST)]
    previous = letters[0].translate(_GROUPS)
    for group in letters[1:].translate(_GROUPS):
        if group.isdigit() and group != previous:
            code.append(group)
        if group != "-":  # h and w do not part two letters of one group
            previous = group
    return "".join(code[:_LENGTH])


def _plain(letters: str) -> str:
    if letters[0] in "aev" and (particle := _PARTICLE.match(letters)):
        letters = letters[particle.end() :]
    if "w" in letters and letters.endswith(_AS_V):
        letters = letters.replace("w", "v")
    letters = letters.replace("j", "i").replace("ts", "s").replace("tz", "s").replace("kh", "h")
    is_soft = letters[0] in "yi" and letters[1:2] == "e" and len(letters) > _LENGTH  # Yelena
    return letters[1:] if is_soft else letters
