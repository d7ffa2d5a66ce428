"""Postal addresses by the rules of their country: raw parts in, canonical parts out. Odd parts are kept
with a note."""

from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.values.countries import country_code, shown_country
from customerfile.values.full_addresses import split_full_address, town_and_postcode
from customerfile.values.names import recase
from customerfile.values.outcome import Accepted, Context, Json, Outcome, Refused
from customerfile.values.postcodes import has_postcode_form, is_postcode, standard_postcode
from customerfile.values.regions import region_code
from customerfile.values.street_lines import join_street_line, split_street_line
from customerfile.values.text import clean, is_absent
from customerfile.values.units import unit_of

PARTS = ("line", "street", "house_number", "unit", "street_2", "city", "region", "postcode", "country", "use")
RAW_PARTS = frozenset(("full", *PARTS))
NO_PART = Refused(
    "There is no street, town, postcode or country in this address.", "Fill in at least one of them."
)

_USES = {
    "home": "home house private residence residential domicile privat prive casa h",
    "work": "work business office company arbeit travail trabajo geschaeftlich w dom_work",
    "billing": "billing bill invoice invoicing facturation rechnung facturacion",
    "delivery": "delivery shipping ship livraison lieferung envio entrega",
    "mailing": "mailing postal mail post correspondence",
    "registered": "registered legal seat siege sitz",
    "other": "other autre andere otro",
}
_USE_OF = {word: use for use, words in _USES.items() for word in words.split()}

type Parts = dict[str, str]
type Notes = tuple[str, ...]


def standardise_address(raw: str | Parts, context: Context) -> Outcome:
    """Canonical parts of an address, any of PARTS. One text is split as well as is reasonable."""
    cleaned = _cleaned({"full": raw} if isinstance(raw, str) else raw)
    if isinstance(cleaned, Refused):
        return cleaned
    notes: Notes = ()
    country = _country_of(cleaned)
    if _is_whole_address(cleaned, country or context.country):
        cleaned["full"] = cleaned.pop("line")
    if "full" in cleaned:
        cleaned = dict(split_full_address(cleaned["full"], country or context.country)) | {
            key: text for key, text in cleaned.items() if key != "full"
        }
        country = country or _country_of(cleaned)
        notes = (noted_text("split from one line"),)
    if not country and "country" in cleaned:
        notes += (
            noted_text("the country {country} is not known and is left out").format(
                country=cleaned["country"]
            ),
        )
    elif not country:
        country = _home_country(cleaned, context.country)
    return _standardised(cleaned, country, notes)


def display_address(value: Json) -> str:
    """One line: street, unit, postcode with town, region, country."""
    if not isinstance(value, dict):
        return str(value)
    parts = {key: str(part) for key, part in value.items()}
    number_first = parts.get("country", "") in ("US", "CA", "AU", "GB", "IE", "NZ", "IN", "ZA", "")
    city = [parts.get("city", ""), parts.get("region", "") if number_first else "", parts.get("postcode", "")]
    town = " ".join(filter(None, city if number_first else [city[2], city[0]]))
    country = shown_country(parts["country"]) if parts.get("country") else ""
    shown = (parts.get("line", ""), parts.get("unit", ""), parts.get("street_2", ""), town, country)
    return ", ".join(filter(None, shown))


def _cleaned(raw: Parts) -> Parts | Refused:
    """The parts that say something, cleaned; the fault of the first that is no text."""
    cleaned: Parts = {}
    for key, text in raw.items():
        if text and key in RAW_PARTS:
            folded = clean(text)
            if isinstance(folded, Refused):
                if text.strip():
                    return folded
            elif not is_absent(folded):
                cleaned[key] = folded
    return cleaned if cleaned.keys() - {"use"} else NO_PART


def _is_whole_address(parts: Parts, country: str) -> bool:
    """Whether a street line given alone is a whole address: it holds a postcode behind a comma."""
    if "," not in parts.get("line", "") or parts.keys() - {"line", "country", "use"}:
        return False
    return any(part == "postcode" for part, _ in split_full_address(parts["line"], country))


def _country_of(parts: Parts) -> str:
    return country_code(parts["country"]) if "country" in parts else ""


def _home_country(parts: Parts, home: str) -> str:
    """The source's own country for an address that names none, unless its postcode speaks against it."""
    postcode = parts.get("postcode", "")
    if not postcode or not home or not has_postcode_form(home):
        return home
    return home if is_postcode(standard_postcode(postcode, home)[0], home) else ""


def _standardised(raw: Parts, country: str, notes: Notes) -> Outcome:
    parts = _street_parts(raw, country)
    if "postcode" not in raw and "city" in raw:
        raw = _split_town(raw, country)
    if "city" in raw:
        parts["city"] = _cased(raw["city"])
    if "region" in raw:
        parts["region"] = region_code(raw["region"], country) or _cased(raw["region"])
    if "postcode" in raw:
        parts["postcode"], note = standard_postcode(raw["postcode"], country)
        notes += (note,) if note else ()
    if country:
        parts["country"] = country
    if not parts:
        return NO_PART
    if "use" in raw:
        parts["use"] = _USE_OF.get(raw["use"].lower(), raw["use"].lower())
    return Accepted({**parts}, notes)


def _street_parts(raw: Parts, country: str) -> Parts:
    street = raw.get("line") or raw.get("street", "")
    number, unit, second = raw.get("house_number", ""), raw.get("unit", ""), raw.get("street_2", "")
    if street and not number:
        street, number, found = split_street_line(street, country)
        unit = unit or found
    elif "street" in raw and number:
        street = raw["street"]
    elif street.startswith(f"{number} ") or street.endswith(f" {number}"):
        street = split_street_line(street, country).street
    if second and not unit:
        unit = unit_of(second)
        second = "" if unit else second
    elif unit:
        unit = unit_of(unit) or unit
    street = _cased(street)
    parts = {
        "line": join_street_line(street, number, country),
        "street": street,
        "house_number": number,
        "unit": unit,
    }
    parts["street_2"] = _cased(second)
    return {key: text for key, text in parts.items() if text}


def _split_town(raw: Parts, country: str) -> Parts:
    """A town cell that holds the postcode too ("28013 Madrid")."""
    if not any(map(str.isdigit, raw["city"])):
        return raw
    found = town_and_postcode(raw["city"], country)
    return {**raw, "city": found[0], "postcode": found[1]} if found else raw


@lru_cache(1 << 16)
def _cased(text: str) -> str:
    """Streets and towns in capitals or small letters as they are usually written; short words of a town
    stay capital."""
    if not (text.isupper() or text.islower()):
        return text
    return recase(text)
