"""How one person's name comes to be written in a record: script, spelling, what is left out, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from bench.kit import world_letters as letters


@dataclass(frozen=True, slots=True)
class Name:
    """A name in full. `middle` is a second name, a patronymic or a second family name, as the culture has it."""

    given: str
    family: str
    middle: str = ""
    is_female: bool = False


type Fields = dict[str, str]
type Writer = Callable[[Name, Random], Name]

FAMILY_FIRST = frozenset({"chinese", "japanese", "korean", "vietnamese", "hungarian"})


def written_name(culture: str, name: Name, by: Random) -> Fields:
    """The name fields of one record: parts, or the full name in one of its orders."""
    found = WRITERS[culture](name, by)
    roll = by.random()
    if "⺀" <= found.family[:1] <= "힣" and culture != "japanese":
        return {"full": found.family + by.choice(("", " ")) + found.given} if roll < 0.6 else _parts(found)
    if not found.family:
        return {"full": found.given} if roll < 0.5 else {"given_name": found.given}
    if roll < 0.45:
        return _parts(found)
    in_order = " ".join(filter(None, (found.given, found.middle, found.family)))
    if culture in FAMILY_FIRST and roll < 0.8:
        return {"full": " ".join(filter(None, (found.family, found.middle, found.given)))}
    if roll < 0.6:
        return {"full": f"{found.family}, {found.given} {found.middle}".strip()}
    return {"full": in_order}


def _parts(name: Name) -> Fields:
    parts = {"given_name": name.given, "middle_name": name.middle, "family_name": name.family}
    return {part: text for part, text in parts.items() if text}


def _form(text: str, by: Random) -> str:
    """One of the forms of a name; the usual one in half of the cases."""
    forms = text.split("/")
    return forms[0] if by.random() < 0.5 else by.choice(forms)


def _formed(name: Name, by: Random) -> Name:
    return replace(
        name, given=_form(name.given, by), middle=_form(name.middle, by), family=_form(name.family, by)
    )


def _each(name: Name, change: Callable[[str], str]) -> Name:
    return replace(name, given=change(name.given), middle=change(name.middle), family=change(name.family))


def _without_middle(name: Name, by: Random, share: float = 0.5) -> Name:
    return replace(name, middle="") if by.random() < share else name


def _compound(text: str, by: Random) -> str:
    """Jean-Pierre, Jean Pierre, Jeanpierre, J.-P. or only Jean."""
    pieces = text.replace("-", " ").split()
    if len(pieces) != 2:
        return text
    first, second = pieces
    return by.choice(
        (
            text,
            text,
            f"{first} {second}",
            f"{first}-{second}",
            first + second.lower(),
            first,
            f"{first[0]}. {second}",
        )
    )


def _marked(text: str, by: Random, tables: tuple[dict[str, str], ...]) -> str:
    """With its marks, stripped of them, or written out by one of the tables."""
    table = by.choice((None, {}, *tables))
    return text if table is None else letters.stripped(letters.written(text, table) if table else text)


def _latin(*tables: dict[str, str]) -> Writer:
    """The writer of a culture with Latin letters and marks, compound given names and double family names."""

    def write(name: Name, by: Random) -> Name:
        name = _without_middle(_formed(name, by), by)
        name = replace(name, given=_compound(name.given, by))
        if "-" in name.family and by.random() < 0.4:
            name = replace(name, family=by.choice((name.family.split("-")[0], name.family.replace("-", " "))))
        style = by.randrange(1 << 30)
        return _each(name, lambda text: _marked(text, Random(style), tables))

    return write


def _dutch(name: Name, by: Random) -> Name:
    name = _without_middle(_formed(name, by), by)
    head, _, last = name.family.rpartition(" ")
    if head:
        short = ".".join(word[0] for word in head.replace("'", "").split()) + "."
        forms = (
            name.family,
            name.family.title(),
            f"{short} {last}",
            head.replace(" ", "").replace("'", "").title() + last.lower(),
        )
        name = replace(name, family=by.choice((name.family, *forms)))
    return name


def _iberian(name: Name, by: Random) -> Name:
    """Two family names: both, joined, or the first alone; compound given names in short."""
    name = _formed(name, by)
    joint = by.choice((" ", " ", "-", " y "))
    family = name.family if by.random() < 0.4 else f"{name.family}{joint}{name.middle}"
    given = _compound(name.given, by)
    if name.given.startswith(("María ", "Juan ")) and by.random() < 0.2:
        given = name.given.replace("María", "Mª").replace("Juan", "J.")
    style = by.random() < 0.5
    return _each(Name(given, family), letters.stripped if style else str)


def _polish(name: Name, by: Random) -> Name:
    """The ending goes with the gender; abroad women are written with the men's now and then."""
    name = _without_middle(_formed(name, by), by)
    is_male_form = not name.is_female or by.random() < 0.15
    ending = "ski" if is_male_form else "ska"
    if is_male_form and by.random() < 0.15:
        ending = "sky"
    return _each(replace(name, family=name.family + ending), letters.stripped if by.random() < 0.5 else str)


def _czech(name: Name, by: Random) -> Name:
    name = _without_middle(_formed(name, by), by)
    if name.is_female and by.random() < 0.85:
        stem = name.family
        if stem.endswith("ý"):
            stem = stem[:-1] + "á"
        elif stem.endswith("ek"):
            stem = stem[:-2] + "ková"
        else:
            stem = stem.removesuffix("a") + "ová"
        name = replace(name, family=stem)
    return _each(name, letters.stripped if by.random() < 0.5 else str)


def _slavic(culture: str) -> Writer:
    """Cyrillic, or one of the tables; the patronymic, its initial, or none; the ending goes with the gender."""
    tables = letters.TABLES[culture]

    def write(name: Name, by: Random) -> Name:
        feminine = name.is_female and name.family.endswith(("ов", "ев", "ёв", "ин"))
        name = replace(name, family=name.family + "а" * (feminine and culture != "serbian"))
        roll = by.random()
        middle = name.middle if roll < 0.35 else name.middle[:1] + "." if roll < 0.5 else ""
        name = replace(name, middle="" if culture == "serbian" else middle)
        table = by.choice(tables)
        plain = by.random() < 0.5
        return _each(name, lambda text: _by_table(text, table, plain=plain))

    return write


def _by_table(text: str, table: dict[str, str], *, plain: bool) -> str:
    if not table:
        return text
    latin = letters.written(text, table)
    return letters.stripped(latin) if plain else latin


def _greek(name: Name, by: Random) -> Name:
    table = by.choice(letters.TABLES["greek"])
    name = replace(name, middle="")
    return _each(name, lambda text: _by_table(letters.stripped(text), table, plain=True) if table else text)


def _icelandic(name: Name, by: Random) -> Name:
    """The patronymic stands where others have a family name."""
    name = _without_middle(_formed(name, by), by)
    return _each(name, letters.stripped if by.random() < 0.5 else str)


def _forms(name: Name, by: Random) -> Name:
    """Forms from the lists; a second given name is left out, given in full, or by its initial."""
    name = _formed(name, by)
    roll = by.random()
    middle = name.middle if roll < 0.3 else name.middle[:1] if roll < 0.4 else ""
    return replace(name, middle=middle if middle.isascii() else "")


def _tamil(name: Name, by: Random) -> Name:
    """The father's name behind, before as an initial, or not at all."""
    name = _formed(name, by)
    roll = by.random()
    if roll < 0.25:
        return Name(f"{name.family[0]}. {name.given}", "")
    return Name(name.given, "") if roll < 0.35 else Name(name.given, name.family)


def _syllables(text: str, by: Random, joint: str) -> str:
    """Xiu Ying, Xiu-Ying, Xiuying, Xiu-ying."""
    pieces = text.replace("-", " ").split()
    if joint == "":
        return "".join(pieces).capitalize()
    return joint.join(piece if n == 0 or joint == " " else piece.lower() for n, piece in enumerate(pieces))


ENGLISH = {True: ("Vivian", "Grace", "Cindy", "Joyce"), False: ("Kevin", "Eric", "Raymond", "Vincent")}


def _chinese(name: Name, by: Random) -> Name:
    given, family = (text.partition("=") for text in (name.given, name.family))
    if by.random() < 0.2:
        return Name(given[0], family[0])
    latin = _syllables(given[2], by, by.choice(("", "", " ", "-")))
    if by.random() < 0.1:
        return Name(f"{name.middle} {latin}", family[2])
    return Name(latin, family[2])


def _korean(name: Name, by: Random) -> Name:
    given, family = (text.partition("=") for text in (name.given, name.family))
    if by.random() < 0.2:
        return Name(given[0], family[0])
    return Name(_syllables(_form(given[2], by), by, by.choice(("-", " ", ""))), _form(family[2], by))


def _japanese(name: Name, by: Random) -> Name:
    """Long vowels with their mark, without, written out, or with an h; a name in kana as it stands."""
    name = replace(_formed(name, by), middle="")
    table = by.choice((None, {"ō": "o"}, letters.MACRON_WRITTEN_OUT, letters.MACRON_WITH_H))
    if table is None:
        return name
    return _each(
        name, lambda text: text if text[:1] > "぀" else letters.stripped(letters.written(text, table))
    )


def _vietnamese(name: Name, by: Random) -> Name:
    name = _formed(name, by)
    middle, _, given = name.given.rpartition(" ")
    if by.random() < 0.25:
        middle = ""
    return _each(Name(given, name.family, middle), letters.stripped if by.random() < 0.5 else str)


def _hungarian(name: Name, by: Random) -> Name:
    name = _without_middle(_formed(name, by), by)
    style = by.randrange(1 << 30)
    return _each(name, lambda text: _marked(text, Random(style), ()))


def _single(name: Name, by: Random) -> Name:
    return Name(_form(name.given, by), "")


WRITERS: dict[str, Writer] = {
    "german": _latin(letters.UMLAUTS, letters.UMLAUTS),
    "scandinavian": _latin(letters.NORDIC),
    "icelandic": _icelandic,
    "dutch": _dutch,
    "french": _latin(),
    "iberian": _iberian,
    "italian": _latin(),
    "polish": _polish,
    "czech": _czech,
    "russian": _slavic("russian"),
    "ukrainian": _slavic("ukrainian"),
    "bulgarian": _slavic("bulgarian"),
    "serbian": _slavic("serbian"),
    "greek": _greek,
    "turkish": _latin(letters.TURKISH_BY_EAR),
    "arabic": _forms,
    "persian": _forms,
    "hebrew": _forms,
    "hindi": _forms,
    "tamil": _tamil,
    "bengali": _forms,
    "chinese": _chinese,
    "japanese": _japanese,
    "korean": _korean,
    "vietnamese": _vietnamese,
    "hungarian": _hungarian,
    "indonesian": _single,
    "ethiopian": _forms,
}
