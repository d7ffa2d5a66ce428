"""Watch list and reference data of a public set with known truth: who is flagged, and who should be."""

import csv
from pathlib import Path

import pytest

from customerfile.customers.models import Customer, Link, WatchHit
from customerfile.matching.model import default_model
from customerfile.sources.models import Record, Source
from customerfile.sources.source_kinds import SourceKind

pytestmark = pytest.mark.real_data

LISTS = {"reference": SourceKind.REFERENCE, "watchlist": SourceKind.WATCH_LIST}


@pytest.mark.parametrize("customers_first", [True, False])
def test_the_right_customers_are_flagged(bring, shared_data, customers_first, capsys):
    folder = shared_data / "er" / "senzing" / "demo"
    names = ["customers", *LISTS] if customers_first else [*LISTS, "customers"]
    for name in names:
        bring(
            folder / f"{name}.csv",
            source=name,
            kind_as="customers",
            country="US",
            source_kind=LISTS.get(name),
        )

    entity = _entities(folder / "actual_truthset_key.csv")
    sought = {(key, one) for key, one in entity.items() if key[0] in LISTS and _is_customer(one, entity)}
    thresholds = default_model().thresholds
    told = {}
    for name, least in (("shown to a person", thresholds.review), ("as good as a link", thresholds.link)):
        found = {(listed, entity[record]) for listed, record in _flagged(least)}
        right = len(found & sought)
        told[name] = right / len(found), right / len(sought)
        with capsys.disabled():
            print(f"\n  {name}: {right} of {len(found)} flags right, {right} of {len(sought)} found", end="")
    assert told["shown to a person"][0] >= 0.65
    assert told["shown to a person"][1] >= 0.8
    assert told["as good as a link"][0] >= 0.7
    assert Source.objects.filter(kind="customers").count() == 1
    assert not Link.objects.exclude(record__source__key="customers").exists()
    assert Record.objects.count() > Customer.objects.count()


def _entities(path: Path) -> dict[tuple[str, str], str]:
    with path.open(newline="") as lines:
        return {
            (row["DATA_SOURCE"].lower(), row["RECORD_ID"]): row["CLUSTER_ID"] for row in csv.DictReader(lines)
        }


def _is_customer(entity: str, entities: dict[tuple[str, str], str]) -> bool:
    return any(one == entity and source == "customers" for (source, _), one in entities.items())


def _flagged(least: float) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Listed record and customer's record, of this weight and more."""
    rows = WatchHit.objects.filter(weight__gte=least).values_list(
        "listed__source__key", "listed__key", "record__source__key", "record__key"
    )
    return [((source, key), (own, record)) for source, key, own, record in rows]
