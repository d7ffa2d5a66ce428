"""Invented people for the tests of matching, and the level names of a pair."""

from typing import Any

from customerfile.matching.levels import LEVELS
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.matching.score import score_pairs

MODEL = default_model()


def person(**fields: Any) -> dict[str, Any]:
    """A canonical person. Contact points may be given as plain text, an address as its parts."""
    record: dict[str, Any] = {"kind": "person"} | fields
    for field in ("email", "phone"):
        if isinstance(record.get(field), str):
            record[field] = [{"value": record[field]}]
    if isinstance(record.get("address"), dict):
        record["address"] = [record["address"]]
    return record


def organisation(name: str, **fields: Any) -> dict[str, Any]:
    return person(**fields) | {"kind": "organisation", "organisation_name": name}


def identity(value: str, scheme: str = "us.ssn") -> list[dict[str, str]]:
    return [{"scheme": scheme, "value": value}]


def home(**parts: str) -> dict[str, str]:
    return {"street": "Mill Lane", "house_number": "12", "city": "Leeds", "postcode": "LS1 4AB"} | parts


def levels(left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    """Comparison -> level name, for those that are known."""
    scored = score_pairs(MODEL, [prepare(left)], [prepare(right)])
    named = zip(MODEL.comparisons, scored.level[0].tolist(), strict=True)
    return {comparison.name: LEVELS[comparison.name][level] for comparison, level in named if level >= 0}


def verdict(left: dict[str, Any], right: dict[str, Any]) -> str:
    """ "link", "review", "apart", or the name of the veto that holds."""
    scored = score_pairs(MODEL, [prepare(left)], [prepare(right)])
    weight, veto = float(scored.weight[0]), int(scored.veto[0])
    if weight < MODEL.thresholds.review:
        return "apart"
    if veto:
        return MODEL.vetoes[veto - 1].name
    return "link" if weight >= MODEL.thresholds.link else "review"
