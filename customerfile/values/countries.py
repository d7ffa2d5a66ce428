"""Countries: codes and names in many languages to ISO 3166-1 alpha-2, and back to an English name."""

from functools import cache, lru_cache

import pycountry
from babel import Locale

from customerfile.values.folding import fold
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.reader_locale import reader_locale
from customerfile.values.text import clean, plain

_LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sk", "da", "sv", "nb", "fi", "hu", "ro", "hr",
    "tr", "el",
    "ru", "uk", "zh", "zh_Hant", "ja", "ko", "ar", "he",
)  # fmt: skip
_ALIASES = {
    "GB": "uk|u k|great britain|britain|england|scotland|wales|northern ireland|cymru|grande bretagne|"
    "angleterre|"
    "grossbritannien|inglaterra|gran bretana|vereinigtes konigreich",
    "US": "usa|u s a|united states of america|america|etats unis d amerique|eeuu|ee uu|estados unidos de"
    " america|"
    "vereinigte staaten von amerika|stati uniti d america",
    "IE": "eire|republic of ireland|ireland republic of",
    "NL": "koninkrijk der nederlanden|kingdom of the netherlands|holland|the netherlands|hollande|holanda",
    "CZ": "czech republic|tschechische republik|republique tcheque|republica checa",
    "AE": "uae|emirates|u a e",
    "SA": "ksa",
    "ZA": "rsa|republic of south africa",
    "KR": "korea|republic of korea|korea republic of|rok",
    "KP": "dprk",
    "RU": "russian federation|russland",
    "CI": "ivory coast",
    "MM": "burma",
    "SZ": "swaziland",
    "MK": "macedonia|fyrom",
    "CD": "drc|dr congo|democratic republic of congo|democratic republic of the congo|zaire|congo kinshasa",
    "CG": "congo brazzaville",
    "VA": "vatican|holy see",
    "TR": "turkey|turkiye",
    "CN": "prc|mainland china|peoples republic of china",
    "HK": "hong kong|hongkong",
    "DE": "brd|germany federal republic of",
    "CH": "swiss confederation|suisse schweiz",
    "CV": "cape verde",
    "TL": "east timor",
}
_DEFINITE = ("the ", "la ", "le ", "les ", "die ", "der ", "l ", "el ", "los ")

UNKNOWN = Refused(
    "This country is not known.", "Write its English name or its two-letter code, for example GB."
)


def standardise_country(raw: str | dict[str, str], context: Context) -> Outcome:
    """ISO 3166-1 alpha-2 of a code or a name."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    code = country_code(text)
    return Accepted(code) if code else UNKNOWN


@lru_cache(1 << 12)
def country_code(text: str) -> str:
    """Alpha-2 code of a code or a name of a country, or "" where it is not known."""
    if len(text) == 2 and text.upper() in country_codes():
        return text.upper()
    folded = fold(text)
    known = _codes_by_name()
    if folded in known:
        return known[folded]
    for article in _DEFINITE:
        if folded.startswith(article) and folded.removeprefix(article) in known:
            return known[folded.removeprefix(article)]
    pieces = [piece for piece in text.partition("(")[0].split(",") if piece.strip()]
    if len(pieces) > 1 or (pieces and pieces[0] != text):  # "France, Mayotte (territorial waters)"
        turned = _codes_by_name().get(fold(" ".join(reversed(pieces))), "")  # "Congo, Democratic Republic"
        " of the"
        return turned or next(filter(None, map(country_code, pieces)), "")
    return ""


@cache
def country_codes() -> frozenset[str]:
    """Every alpha-2 code in use, and XK for Kosovo."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}


@cache
def country_name(code: str) -> str:
    """The English name of an alpha-2 code."""
    return str(Locale.parse("en").territories.get(code, code))


def shown_country(code: str) -> str:
    """The name of an alpha-2 code as the reader calls it."""
    return str(reader_locale().territories.get(code, code))


@cache
def _codes_by_name() -> dict[str, str]:
    """Folded names, three-letter codes and aliases to alpha-2. English names win over other languages."""
    known: dict[str, str] = {}
    for code, aliases in _ALIASES.items():
        known.update(dict.fromkeys(aliases.split("|"), code))
    for country in pycountry.countries:
        names = (
            country.alpha_3,
            country.name,
            getattr(country, "official_name", ""),
            getattr(country, "common_name", ""),
        )
        for name in names:
            known.setdefault(fold(name), country.alpha_2)
    codes = country_codes()
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in codes:
                known.setdefault(fold(name), code)
    known.pop("", None)
    return known
