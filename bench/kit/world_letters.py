"""How other scripts and letters are written in plain Latin: the tables in use side by side for one language."""

from __future__ import annotations

import unicodedata

_STROKES = str.maketrans("øØłŁđĐıæÆœ", "oOlLdDiaAo")


def stripped(text: str) -> str:
    """Without the marks on letters."""
    text = text.replace("ß", "ss").replace("þ", "th").replace("Þ", "Th").replace("ð", "d")
    parted = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def written(text: str, table: dict[str, str]) -> str:
    """The text by a table of small letters (longest first); capitals follow, unknown letters stay."""
    longest = max(map(len, table))
    found, position = [], 0
    while position < len(text):
        for length in range(longest, 0, -1):
            piece = text[position : position + length]
            if piece.lower() in table and len(piece) == length:
                latin = table[piece.lower()]
                found.append(latin.capitalize() if piece[0].isupper() else latin)
                position += length
                break
        else:
            found.append(text[position])
            position += 1
    return "".join(found)


def _table(text: str) -> dict[str, str]:
    return {left: right for left, _, right in (pair.partition("=") for pair in text.split())}


_CYRILLIC = _table(
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh ъ= ь="
)
_RUSSIAN = _CYRILLIC | _table("ё=yo й=y щ=shch ы=y э=e ю=yu я=ya")
_UKRAINIAN = _CYRILLIC | _table("г=h ґ=g є=ie и=y і=i ї=i й=i щ=shch ю=iu я=ia")
_BULGARIAN = _CYRILLIC | _table("х=h щ=sht ъ=a й=y ю=yu я=ya")
_SERBIAN = _CYRILLIC | _table("ђ=đ ж=ž ј=j љ=lj њ=nj ћ=ć х=h ц=c ч=č џ=dž ш=š")
_GREEK = _table(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
    " ου=ou αυ=av ευ=ev γγ=ng γκ=gk μπ=b ντ=d τζ=tz αι=ai ει=ei οι=oi"
)
_GERMAN_RUSSIAN = _RUSSIAN | _table("в=w ж=sch з=s й=j х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja ё=jo")

TABLES: dict[str, tuple[dict[str, str], ...]] = {
    "russian": (
        _RUSSIAN,
        _RUSSIAN | _table("й=i ю=iu я=ia ё=e ъ=ie"),  # passports
        _RUSSIAN | _table("ий=y ый=y ё=e ия=ia кс=x ья=ia"),  # by ear
        _RUSSIAN | _table("ж=ž й=j х=ch ц=c ч=č ш=š щ=šč ю=ju я=ja ё=ë"),  # libraries
        _GERMAN_RUSSIAN,
        {},
    ),
    "ukrainian": (
        _UKRAINIAN,
        _UKRAINIAN | _table("є=ye ї=yi й=y ю=yu я=ya"),
        _UKRAINIAN | _table("й=j ю=ju я=ja є=je ї=ji ий=y ж=ž ч=č ш=š ц=c х=ch"),
        {},
    ),
    "bulgarian": (_BULGARIAN, _BULGARIAN | _table("ц=c й=i ю=iu ия=ia ъ=u"), {}),
    "serbian": (
        _SERBIAN,
        _SERBIAN | _table("ђ=dj ж=z ћ=c ч=c џ=dz ш=s"),
        _SERBIAN | _table("ђ=dj ж=zh ћ=ch ч=ch џ=dzh ш=sh ј=y"),
        {},
    ),
    "greek": (
        _GREEK,
        _GREEK | _table("γι=y χ=h υ=i ξ=ks ου=u γκ=g αι=e ει=i οι=i"),
        _GREEK | _table("γι=gi η=e μπ=mp ντ=nt φ=ph γγ=gg ω=o αυ=au ευ=eu κ=k"),
        {},
    ),
}

UMLAUTS = _table("ä=ae ö=oe ü=ue ß=ss")
NORDIC = _table("ø=oe å=aa æ=ae ö=oe ä=ae")
TURKISH_BY_EAR = _table("ş=sh ç=ch ğ= ı=i ö=o ü=u i̇=i")
MACRON_WRITTEN_OUT = _table("ō=ou ū=uu")
MACRON_WITH_H = _table("ō=oh ū=u")
