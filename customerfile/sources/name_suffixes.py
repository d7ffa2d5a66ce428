"""A generation written behind the family name ("Gaines Sr") belongs to the suffix: father and son are two people.

Only abbreviations and numerals count: Junior is a family name to many.
"""

from customerfile.values.names import SUFFIXES, affix_key
from customerfile.values.outcome import Json

_GENERATIONS = frozenset(("jr", "jnr", "sr", "snr", "ii", "iii", "iv"))


def separate_suffix(canonical: dict[str, Json]) -> None:
    """Move a generation from the end of the family name to the suffix, where it stands once."""
    family = canonical.get("family_name")
    if type(family) is not str or " " not in family:
        return
    name, _, last = family.rpartition(" ")
    key = affix_key(last)
    if key not in _GENERATIONS:
        return
    canonical["family_name"] = name.rstrip(" ,")
    others = [word for word in str(canonical.get("name_suffix", "")).split() if word != SUFFIXES[key]]
    canonical["name_suffix"] = " ".join([SUFFIXES[key], *others])
