"""The other names a person of some given name is likely kept under: Bob for Robert, Robert for Bob. Pure.

Read from the groups of values/nicknames.txt. Each group begins with its full name; that one is the likeliest.
"""

from functools import cache
from importlib.resources import files

MOST_NAMES = 12


@cache
def names_like(name: str) -> tuple[str, ...]:
    """At most MOST_NAMES other folded names, the likeliest first; none where the name is in no group."""
    groups = _groups().get(name, ())
    heads = [group[0] for group in groups]
    others = [other for group in groups for other in group[1:]]
    found = [other for other in dict.fromkeys(heads + others) if other != name]
    return tuple(found[:MOST_NAMES])


@cache
def _groups() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Each folded name -> the groups it stands in."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in files("customerfile.values").joinpath("nicknames.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            group = tuple(line.split())
            for name in group:
                found[name] = (*found.get(name, ()), group)
    return found
