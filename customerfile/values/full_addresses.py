"""An address written in one line, split into street line, town, region, postcode and country as well as its
commas allow."""

import re
from functools import lru_cache

from customerfile.values.countries import country_code
from customerfile.values.postcodes import is_postcode, standard_postcode
from customerfile.values.regions import region_code
from customerfile.values.units import unit_of

_STREET_END = re.compile(
    r"^(?P<line>\d.*?\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|place|pl|way|boulevard|"
    r"blvd|circle|cir|"
    r"terrace|ter|trail|trl|parkway|pkwy|square|sq|highway|hwy|close|crescent|mews)\b\.?(?:\s+"
    r"(?:[NSEW]{1,2})(?=\s))?"
    r"(?:\s+(?:apt|unit|suite|ste|#)\.?\s*\w+)?)\s+(?P<city>[^\W\d][^\d]*)$",
    re.IGNORECASE,
)
_POSTCODES = {
    "US": r"\d{5}(?:-\d{4})?", "GB": r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}", "CA": r"[A-Z]\d[A-Z]\s?\d[A-Z]\d",
    "NL": r"\d{4}\s?[A-Z]{2}", "IE": r"[A-Z]\d[\dW]\s?[A-Z\d]{4}", "PL": r"\d{2}-\d{3}", "PT": r"\d{4}-\d{3}",
    "BR": r"\d{5}-?\d{3}", "JP": r"〒?\d{3}-\d{4}", "SE": r"\d{3}\s?\d{2}",
    "CZ": r"\d{3}\s?\d{2}", "SK": r"\d{3}\s?\d{2}",
    "GR": r"\d{3}\s?\d{2}",
}  # fmt: skip
_TELLING = ("GB", "CA", "NL", "PL", "BR")  # forms that tell their country when none is named
_ANY_DIGITS = r"\d{4,6}"
_STREET_BEGIN = re.compile(r"\d+[A-Za-z]?\s+[^\W\d]{2}")
_LONE_NUMBER = re.compile(r"(?:n[º°o]\.?\s*)?\d{1,5}\s?[A-Za-z]?(?:[-/]\d+)?", re.IGNORECASE)
_PREFIX = r"(?:[A-Z]{1,2}-)?"


@lru_cache(1 << 13)
def split_full_address(text: str, home_country: str) -> tuple[tuple[str, str], ...]:
    """Pairs of (part, text) of a one-line address: line, street_2, city, region, postcode, country. The
    country only if named."""
    segments = [segment.strip() for segment in re.split(r"[,;\n|]", text) if segment.strip()]
    parts: dict[str, str] = {}
    if len(segments) > 1 and (named := _take_country(segments, home_country)):
        parts["country"] = named
    country = parts.get("country", home_country)
    _take_place(segments, country, parts)
    _take_lines(segments, parts)
    return tuple(parts.items())


def town_and_postcode(text: str, country: str) -> tuple[str, str] | None:
    """(town, postcode) of a town cell that holds a postcode of the country too ("28013 Madrid"), or None."""
    found = _find_postcode(text, country, is_only=False)
    if found is None or found[1] != country or not (found[2] or found[3]):
        return None
    return found[3] or found[2], found[0]


def _take_country(segments: list[str], home: str) -> str:
    """Takes the country that the last segment is, or ends with, unless it is a region of the home country (CA, DE,
    Georgia)."""
    last = segments[-1]
    words = last.split()
    named = "" if region_code(last, home) else country_code(last)
    if named:
        segments.pop()
    elif len(words) > 1 and len(words[-1]) > 3 and not region_code(" ".join(words[-2:]), home):
        named = "" if region_code(words[-1], home) else country_code(words[-1])
        segments[-1] = " ".join(words[:-1]) if named else last
    return named


def _take_place(segments: list[str], country: str, parts: dict[str, str]) -> None:
    """Takes postcode, region and town from the end of the segments."""
    for index in range(len(segments) - 1, -1, -1):
        if index == 0 and len(segments) > 1:
            break
        found = _find_postcode(segments[index], country, is_only=len(segments) == 1)
        if found:
            _take_around_postcode(segments, index, found, country=country, parts=parts)
            break
    if "city" in parts:
        return
    if len(segments) > 1:
        _take_region(segments, country, parts)
    if len(segments) > 1:
        if not _STREET_BEGIN.match(segments[-1]):
            parts["city"] = segments.pop()
    elif segments:
        _split_unmarked_city(segments, parts)


def _take_around_postcode(
    segments: list[str], index: int, found: tuple[str, str, str, str], *, country: str, parts: dict[str, str]
) -> None:
    """Behind a postcode in its segment stands the town; before it a town, a region or a street."""
    parts["postcode"], teller, before, behind = found
    if teller != country:
        parts.setdefault("country", teller)
    rest = segments[index + 1 :]
    segments[index:] = [before] if before else []
    if behind:
        place = [behind, *rest]
        _take_region(place, country, parts)
        parts["city"] = place[0]
    else:
        segments.extend(rest)


def _find_postcode(segment: str, country: str, *, is_only: bool) -> tuple[str, str, str, str] | None:
    """(postcode, its country, text before, text behind); digits at the very start of a whole address are its house
    number."""
    for code in dict.fromkeys((country, *_TELLING)):
        form = _POSTCODES.get(code, _ANY_DIGITS)
        for match in reversed(
            list(re.finditer(rf"(?<![\w-]){_PREFIX}({form})(?![\w-])", segment, re.IGNORECASE))
        ):
            if (match.start() or not is_only) and is_postcode(standard_postcode(match[1], code)[0], code):
                return (
                    match[1].lstrip("〒"),
                    code,
                    segment[: match.start()].strip(" -"),
                    segment[match.end() :].strip(" -"),
                )
    return None


def _take_region(segments: list[str], country: str, parts: dict[str, str]) -> None:
    """Takes a region that is the last segment behind a town, or the last words of it ("Las Vegas NV")."""
    last = segments[-1]
    behind_town = len(segments) > 1 and not any(map(str.isdigit, segments[-2]))
    if behind_town and region_code(last, country):
        parts["region"] = segments.pop()
        return
    words = last.split()
    for count in (1, 2):
        tail = " ".join(words[-count:])
        if len(words) >= count and _is_written_region(tail, country):
            parts["region"] = tail
            segments[-1:] = [" ".join(words[:-count])] if words[:-count] else []
            return


def _is_written_region(tail: str, country: str) -> bool:
    """A region behind a town without a comma: its code in capitals, or in countries of states its full
    name."""
    is_code = len(tail) <= 3 and tail.isupper()
    return bool(region_code(tail, country)) and (is_code or (country in ("US", "CA", "AU") and len(tail) > 3))


def _split_unmarked_city(segments: list[str], parts: dict[str, str]) -> None:
    """ "9304 W. 15th St La Blanca": the town begins behind the kind of street."""
    match = _STREET_END.match(segments[0])
    if match:
        segments[0], parts["city"] = match["line"], match["city"]
    elif not any(map(str.isdigit, segments[0])):  # a place without any number is a town rather than a street
        parts["city"] = segments.pop()


def _take_lines(segments: list[str], parts: dict[str, str]) -> None:
    """The segment with a house number is the street line; what else is left is the second line."""
    if not segments:
        return
    numbered = [index for index, segment in enumerate(segments) if any(map(str.isdigit, segment))]
    likely = [index for index in numbered if _STREET_BEGIN.match(segments[index])]
    likely += [index for index in numbered if not unit_of(segments[index])]
    main = (likely or numbered or [0])[0]
    line = segments.pop(main)
    if main and _LONE_NUMBER.fullmatch(line):  # "Via Roma, 10"
        main -= 1
        line = f"{segments.pop(main)} {line}"
    elif segments and line.lower().startswith("no") and _LONE_NUMBER.fullmatch(line):  # "No 321, Street 128"
        line = f"{line[2:].strip(' .')} {segments.pop(main)}"
    parts["line"] = line
    if segments:
        parts["street_2"] = ", ".join(segments)
