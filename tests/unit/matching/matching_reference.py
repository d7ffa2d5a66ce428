"""A plain scorer of one pair, written apart from the product's: what the array operations must agree with."""

from rapidfuzz.distance import OSA, JaroWinkler

from customerfile.matching.levels import LEVELS
from customerfile.matching.model import MatchModel
from customerfile.matching.organisation_names import organisation_level
from customerfile.matching.prepared import Address, Identifier, Prepared
from customerfile.matching.spelled_names import is_one_family_name, is_one_given_name, is_one_whole_name
from customerfile.values.nicknames import are_nicknames, nickname_groups

type Named = dict[str, str]


def reference_levels(a: Prepared, b: Prepared, model: MatchModel) -> Named:
    """Comparison -> level name, without those that are unknown."""
    found = {
        **_names(a, b, model),
        "kind": _same(a.kind, b.kind, "conflict"),
        "middle_name": _middle(a.middle.split(" ")[0], b.middle.split(" ")[0]),
        "suffix": _same(a.suffix, b.suffix, "conflict"),
        "birth_date": _birth(a.birth, b.birth),
        "gender": _same(_gender(a, model), _gender(b, model), "different"),
        "email": _email(a, b),
        "phone": _phone(a.phones, b.phones),
        "address": _best("address", [_address(x, y) for x in a.addresses for y in b.addresses]),
        "strong_identifier": _strong(a.strong, b.strong),
        "weak_identifier": _shared(a.weak, b.weak),
        "organisation_name": _organisation(a.organisation, b.organisation),
        "domain": _shared(a.domains, b.domains),
    }
    return {name: level for name, level in found.items() if level}


def reference_weight(levels: Named, model: MatchModel) -> float:
    total = 0.0
    for comparison in model.comparisons:
        if comparison.name in levels:
            total += round(comparison.levels[comparison.index(levels[comparison.name])].weight, 6)
    return total


def reference_veto(levels: Named, model: MatchModel) -> str:
    """The name of the first veto that holds."""
    for veto in model.vetoes:
        numbers = {name: LEVELS[name].index(levels[name]) if name in levels else -1 for name in LEVELS}
        if all(numbers[name] in wanted for name, wanted in veto.when.items()) and not any(
            numbers[name] in wanted for name, wanted in veto.unless.items()
        ):
            return veto.name
    return ""


def _best(comparison: str, levels: list[str]) -> str:
    known = [level for level in levels if level]
    return max(known, key=LEVELS[comparison].index) if known else ""


def _same(a: object, b: object, otherwise: str) -> str:
    return "" if not a or not b else "same" if a == b else otherwise


def _shared(a: list[object] | list[int] | list[str], b: list[object] | list[int] | list[str]) -> str:
    return "" if not a or not b else "same" if set(a) & set(b) else "different"


def _alike(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    similarity = JaroWinkler.normalized_similarity(a, b)
    shorter = min(len(a), len(b))
    if similarity >= 0.93 and (shorter < 4 or (shorter == 4 and a[0] != b[0])):
        return 0.84
    slip = similarity >= 0.70 and min(len(a), len(b)) >= 5 and OSA.distance(a, b) <= 1
    return max(similarity, 0.93) if slip else similarity


def _names(a: Prepared, b: Prepared, model: MatchModel) -> Named:
    given, family = (a.given, b.given), (a.family, b.family)
    swapped = False
    plain = [text.replace(" ", "") for text in (*given, *family)]
    if _alike(plain[0], plain[1]) < 0.84 and _alike(plain[2], plain[3]) < 0.84:
        swapped = _alike(plain[0], plain[3]) >= 0.84 and _alike(plain[2], plain[1]) >= 0.84
    if swapped:
        family, given = sorted(
            ((a.given, b.family), (a.family, b.given)), key=lambda names: _givenness(names, model)
        )
    middles = None if swapped else (a.middle, b.middle)
    levels = {
        "given_name": _given(given[0], given[1], middles, model),
        "family_name": _family(family[0], family[1], not swapped, model),
    }
    if all(levels.values()) and is_one_whole_name(_whole(a), _whole(b)):
        levels = {name: _best(name, [level, "close"]) for name, level in levels.items()}
    return {**levels, "name_order": "swapped" if swapped else ""}


def _whole(record: Prepared) -> tuple[str, str, str]:
    return record.given.replace(" ", ""), record.middle.split(" ")[0], record.family.replace(" ", "")


def _givenness(names: tuple[str, str], model: MatchModel) -> tuple[int, list[str]]:
    """Which of two crossed pairs is the given name: the one more common as such than as a family name."""
    plain = sorted(name.replace(" ", "") for name in names)
    return sum(_bucket(n, "given_name", model) - _bucket(n, "family_name", model) for n in plain), plain


def _bucket(name: str, table: str, model: MatchModel) -> int:
    return 3 if len(name) == 1 else model.frequencies[table].get(name, 0)


def _exact(name: str, table: str, model: MatchModel) -> str:
    bucket = _bucket(name, table, model)
    return ("same_rare", "same_uncommon", "same_common", "same_very_common")[bucket]


def _given(a: str, b: str, middles: tuple[str, str] | None, model: MatchModel) -> str:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if not one or not other:
        return ""
    alike = _alike(one, other)
    if one == other:
        return _exact(one, "given_name", model)
    found = ["close" if alike >= 0.93 else "similar" if alike >= 0.84 else "different"]
    if 1 in (len(one), len(other)) and one[0] == other[0]:
        found = ["initial"]
    elif middles is not None and alike >= 0.5 and is_one_given_name(one, other):
        return "close"
    elif middles is not None and found == ["close"] and _are_two_names(a.split(" ")[0], b.split(" ")[0]):
        alike, found = 0.84, ["similar"]
    if middles is not None and alike < 0.93:
        found.append(_related(f"{a} {middles[0]}".split(), f"{b} {middles[1]}".split()))
    return _best("given_name", found)


def _are_two_names(a: str, b: str) -> bool:
    known = nickname_groups()
    return a != b and a in known and b in known and not are_nicknames(a, b)


def _related(a: list[str], b: list[str]) -> str:
    if (a[0] in b and len(a[0]) > 1) or (b[0] in a and len(b[0]) > 1):
        return "nickname" if a[0] != b[0] and are_nicknames(a[0], b[0]) else "part"
    if a[0] == b[0]:
        return "part"
    return "nickname" if are_nicknames(a[0], b[0]) else ""


def _family(a: str, b: str, straight: bool, model: MatchModel) -> str:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if not one or not other:
        return ""
    alike = _alike(one, other)
    if one == other:
        return _exact(one, "family_name", model)
    if alike >= 0.93:
        return "close"
    may_be_one = alike >= 0.5 or min(len(one), len(other)) < 6
    if straight and may_be_one and is_one_family_name(one, other):
        return "close"
    shared = [part for part in a.split() if part in b.split() and len(part) > 2]
    if straight and shared and (" " in a or " " in b):
        return "part"
    return "similar" if alike >= 0.84 else "different"


def _middle(a: str, b: str) -> str:
    if not a or not b:
        return ""
    if a == b:
        return "same"
    return "initial" if 1 in (len(a), len(b)) and a[0] == b[0] else "different"


def _gender(record: Prepared, model: MatchModel) -> str:
    return record.gender or model.name_genders.get(record.given.split(" ")[0], "")


def _birth(a: int, b: int) -> str:
    if not a or not b:
        return ""
    one, other = f"{a:08}", f"{b:08}"
    parts = [(one[:4], other[:4]), (one[4:6], other[4:6]), (one[6:], other[6:])]
    known = [pair for pair in parts if int(pair[0]) and int(pair[1])]
    if len(known) < 3:
        agree = all(x == y for x, y in known)
        return "" if not known else "as_far_as_known" if agree else "different"
    if a == b:
        return "same"
    if one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return "day_month_swapped"
    if OSA.distance(one, other) == 1 or _one_digit(one, other):
        return "one_slip"
    if one[4:] == other[4:]:
        return "day_and_month"
    return "year" if one[:4] == other[:4] else "different"


def _one_digit(one: str, other: str) -> bool:
    return sum(x != y for x, y in zip(one, other, strict=True)) == 1


def _email(a: Prepared, b: Prepared) -> str:
    found = []
    if a.emails and b.emails:
        locals_shared = {x.split("@")[0] for x in a.emails} & {x.split("@")[0] for x in b.emails}
        found.append(
            "same" if set(a.emails) & set(b.emails) else "local_part" if locals_shared else "different"
        )
    if set(a.mailboxes) & set(b.mailboxes):
        found.append("shared_mailbox")
    return _best("email", found)


def _phone(a: list[int], b: list[int]) -> str:
    if not a or not b:
        return ""
    if set(a) & set(b):
        return "same"
    ends = any(x % 10**7 == y % 10**7 and min(x, y) < 10**9 for x in a for y in b)
    return "last_seven" if ends else "different"


def _address(a: Address, b: Address) -> str:
    street, post, city, unit = (
        bool(x and y)
        for x, y in ((a.street, b.street), (a.postcode, b.postcode), (a.city, b.city), (a.unit, b.unit))
    )
    if not (street or post or city):
        return ""
    number = bool(a.number) and a.number == b.number
    same_post, same_city = post and a.postcode == b.postcode, city and a.city == b.city
    same_street = street and a.street == b.street
    if street and (number or same_post or same_city):
        same_street = same_street or JaroWinkler.normalized_similarity(a.street, b.street) >= 0.88
    if same_street and number and not same_post and not same_city:
        same_city = city and JaroWinkler.normalized_similarity(a.city, b.city) >= 0.90
        same_post = post and OSA.distance(a.postcode, b.postcode) <= 1
    place = same_post or same_city
    if same_street and number and place and not (unit and a.unit != b.unit):
        return "dwelling"
    if same_street and (place or (number and not post and not city)):
        return "street"
    if same_post:
        return "number_and_postcode" if number else "postcode"
    return "city" if same_city and not street else "different"


def _strong(a: list[Identifier], b: list[Identifier]) -> str:
    by_scheme: dict[int, list[str]] = {}
    for x in a:
        for y in b:
            if x.scheme == y.scheme:
                by_scheme.setdefault(x.scheme, []).append(_identifier(x, y))
    best = [_best("strong_identifier", found) for found in by_scheme.values()]
    top = _best("strong_identifier", best)
    return "mixed" if top in ("same", "one_slip") and "conflict" in best else top


def _identifier(x: Identifier, y: Identifier) -> str:
    if x.exact == y.exact:
        return "same"
    if set(x.near) & set(y.near):
        return "one_slip"
    return "conflict" if x.known and y.known else "different"


def _organisation(a: str, b: str) -> str:
    if not a or not b:
        return ""
    return LEVELS["organisation_name"][organisation_level(a, b)]
