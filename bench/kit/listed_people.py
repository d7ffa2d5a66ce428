"""Whom a watch list and reference data flag among the customers of a public set, against the truth."""

import csv
import json
from pathlib import Path

from bench.kit.home import bench_ground, run_command
from bench.kit.report import Figure

LISTS = {"reference": "reference", "watchlist": "watch_list"}


def listed_figure(folder: Path) -> Figure:
    """One line: of the flags how many are right, of the listed customers how many are found."""
    with bench_ground(durable=False) as ground:
        for name, kind in {"customers": "customers", **LISTS}.items():
            path = str(folder / f"{name}.csv")
            run_command(ground, "import", path, "--source", name, "--as", kind, "--country", "US", "--json")
        hits = json.loads(run_command(ground, "watch", "--limit", "10000", "--json").output)
    entity = _entities(folder / "actual_truthset_key.csv")
    customers = {one for key, one in entity.items() if key.startswith("customers/")}
    sought = {(key, one) for key, one in entity.items() if key.split("/")[0] in LISTS and one in customers}
    found = {(hit["listed"], entity[hit["record"]]) for hit in hits}
    right = len(found & sought)
    words = (
        f"precision {right / len(found):.2f} ({right} of {len(found)} flags),"
        f" recall {right / len(sought):.2f} ({right} of {len(sought)})"
    )
    return Figure("senzing, flagged by its lists", words, "", None)


def _entities(path: Path) -> dict[str, str]:
    """Record, as in "watchlist/1006" -> who it is."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {f"{row['DATA_SOURCE'].lower()}/{row['RECORD_ID']}": row["CLUSTER_ID"] for row in rows}
