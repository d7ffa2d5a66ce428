"""Writes customerfile/matching/models/default.json from reasoned weights and public name frequencies.

Run with Faker installed (`pip install faker`): its census frequency lists become the frozen name tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from customerfile.matching.levels import LEVELS
from customerfile.matching.model import SCHEMA_VERSION, parse_model
from customerfile.values.folding import fold
from tools.default_weights import COHESION, COMPARISONS, LINK, REVIEW, VETOES

TARGET = Path(__file__).resolve().parents[1] / "customerfile" / "matching" / "models" / "default.json"
LOCALES = [
    "en_US",
    "en_GB",
    "en_NZ",
    "en_KE",
    "es_AR",
    "es_CL",
    "es_CO",
    "fi_FI",
    "fr_BE",
    "nl_BE",
    "sv_SE",
    "he_IL",
    "hu_HU",
    "de_LU",
    "ko_KR",
    "zh_CN",
]
LISTED_LOCALES = [
    "de_DE",
    "de_AT",
    "fr_FR",
    "es_ES",
    "it_IT",
    "nl_NL",
    "pt_PT",
    "da_DK",
    "no_NO",
    "pl_PL",
    "cs_CZ",
    "en_IE",
    "en_IN",
]
SHORT_LIST = 500
# not lists in other scripts: transliterated, one spelling is borne by both genders
GENDER_LOCALES = (
    "en_US", "en_GB", "en_NZ", "es_AR", "es_CL", "es_CO", "es_ES", "fi_FI", "fr_BE", "fr_FR", "nl_BE", "nl_NL", "sv_SE",
    "hu_HU", "de_LU", "de_DE", "it_IT", "pt_PT", "da_DK", "no_NO", "pl_PL", "cs_CZ",
)  # fmt: skip
# shares of bearers from which a name is uncommon, common, very common
STEPS = {"given_name": (0.0005, 0.002, 0.01), "family_name": (0.0002, 0.001, 0.004)}
ATTRIBUTES = {
    "given_name": ("first_names_female", "first_names_male", "first_names"),
    "family_name": ("last_names",),
}
BLOCKING_KEYS = (
    "email", "mailbox", "phone", "strong_identifier", "weak_identifier", "birth_and_name", "birth_and_postcode",
    "names_and_postcode", "dwelling", "organisation_and_place", "organisation_name", "domain",
)  # fmt: skip
MAX_BLOCK_SIZE = 200
TABLES = ("frequencies", "name_genders")
CARD = {
    "what": "General model for persons and organisations of European and American custom.",
    "weights": "Reasoned by hand from how often each thing happens; not fitted to any evaluation set.",
    "checked_on": "Made-up households with Jr and Sr, twins, moves, nicknames, slips and gaps "
    "(tools/synthetic_people.py): shares of levels among true pairs and among false candidates were compared "
    "with m and u; none was copied.",
    "frequencies": "Census frequencies of given and family names as packaged in Faker (MIT); names with a share "
    "below the first step are left out, and identifiers have no table.",
    "evaluated_on": "FEBRL 1-4 and the Senzing demonstration customers, by bench/quality.py. No weight was fitted to "
    "them, but general rules were written after reading errors on them: shared mailboxes, exchanged names, buildings "
    "before the street; blocking by numbers a slip apart and by birth date with postcode; what numbers of unknown "
    "kind weigh; the veto on genders where names differ by a slip; a number that two groups share speaking for "
    "all their records.",
    "limits": "Names in other scripts are compared in transliteration. Namesakes in one dwelling without birth date or "
    "suffix are joined. A change of family name needs birth date and a contact point, or an identification number.",
}


def main() -> None:
    """Build, check by loading, and write."""
    artefact = build()
    text = _written(artefact)
    model = parse_model(text)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {model.hash}, {len(text):,} bytes")


def _written(artefact: Mapping[str, Any]) -> str:
    """Readable JSON, with each large table on one line."""
    parts = [
        f'"{key}": {json.dumps(value, indent=None if key in TABLES else 1, ensure_ascii=False)}'
        for key, value in artefact.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def build() -> dict[str, Any]:
    """The artefact as a JSON object."""
    return {
        "schema_version": SCHEMA_VERSION,
        "name": "customerfile-default-1",
        "card": CARD,
        "comparisons": [
            {"name": name, "levels": [{"name": level, **_level(name, level)} for level in levels]}
            for name, levels in LEVELS.items()
        ],
        "vetoes": list(VETOES),
        "thresholds": {"link": LINK, "review": REVIEW, "cohesion": COHESION},
        "frequencies": {table: _buckets(table) for table in STEPS},
        "name_genders": _genders(),
        "blocking_keys": list(BLOCKING_KEYS),
        "max_block_size": MAX_BLOCK_SIZE,
    }


def _level(comparison: str, level: str) -> dict[str, Any]:
    words, m, u = COMPARISONS[comparison][level]
    return {"words": words, "m": m, "u": u}


def _buckets(table: str) -> dict[str, int]:
    """Folded name -> 1 uncommon, 2 common, 3 very common, by its highest share in any country."""
    shares: dict[str, float] = {}
    steps = STEPS[table]
    for name, share in (*_shares(table), *((name, steps[step]) for name, step in _listed(table))):
        shares[name] = max(share, shares.get(name, 0.0))
    buckets = {name: sum(share >= step for step in steps) for name, share in shares.items()}
    return {name: bucket for name, bucket in sorted(buckets.items()) if bucket}


def _genders() -> dict[str, str]:
    """Given names that are borne by one gender only in every list, or twenty times as often."""
    shares: dict[str, dict[str, float]] = {}
    for locale in GENDER_LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for gender, attribute in (("f", "first_names_female"), ("m", "first_names_male")):
            names = getattr(provider, attribute, ())
            weights = names if isinstance(names, Mapping) else dict.fromkeys(names, 1 / max(len(names), 1))
            for name, weight in weights.items():
                tally = shares.setdefault(fold(name), {"f": 0.0, "m": 0.0})
                tally[gender] += weight / sum(weights.values())
    return {
        name: max(tally, key=lambda gender: tally[gender])
        for name, tally in sorted(shares.items())
        if " " not in name and len(name) > 1 and max(tally.values()) > 20 * min(tally.values())
    }


def _listed(table: str) -> Iterable[tuple[str, int]]:
    """Names of lists without shares: a short list holds common names, a long one uncommon names too."""
    for locale in LISTED_LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ATTRIBUTES[table]:
            names = getattr(provider, attribute, ())
            if isinstance(names, (list, tuple)):
                for name in set(names):
                    yield fold(name).replace(" ", ""), 1 if len(set(names)) <= SHORT_LIST else 0


def _shares(table: str) -> Iterable[tuple[str, float]]:
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ATTRIBUTES[table]:
            weighted = getattr(provider, attribute, None)
            if isinstance(weighted, Mapping):
                total = sum(weighted.values())
                for name, weight in weighted.items():
                    yield fold(name).replace(" ", ""), weight / total


if __name__ == "__main__":
    main()
