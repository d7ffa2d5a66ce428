"""The peer: Splink's own batch run over one or two files of people, on DuckDB, from CSV to clusters. Prints JSON.

Splink gets what one would give it by hand: plain lower-case letters, the end of the phone number, one comparison for
the whole address, a high threshold. It is trained on the rows themselves, with the comparisons and blocking rules that
they have values for. Run: python bench/kit/splink_peer.py FOLDER CLUSTERS_CSV [FILE_STEMS, else people_a people_b]
"""

import json
import logging
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator

SOURCES = ("people_a", "people_b")
THRESHOLD = 0.99
_CLEAN = """
SELECT key AS unique_id,
    nullif(strip_accents(lower(trim(given_name))), '') AS given_name,
    nullif(strip_accents(lower(trim(family_name))), '') AS family_name,
    nullif(birth_date, '') AS birth_date, nullif(lower(email), '') AS email,
    nullif(right(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '') AS phone,
    nullif(strip_accents(lower(city)), '') AS city, nullif(upper(postcode), '') AS postcode,
    strip_accents(lower(street)) || ', ' || upper(postcode) AS address, {national_id} AS national_id
FROM read_csv(?, all_varchar = true, header = true)
"""
_BLOCKING = (
    ("email",),
    ("phone",),
    ("national_id",),
    ("birth_date", "family_name"),
    ("birth_date", "given_name"),
    ("given_name", "family_name", "postcode"),
    ("given_name", "family_name", "city"),
    ("address",),
)
_CERTAIN = (("email", "birth_date"), ("given_name", "family_name", "birth_date"))
_TRAINED_BY = (("birth_date", "given_name"), ("email",), ("national_id",), ("family_name", "postcode"))


def settings(filled: Collection[str], *, link_type: str) -> SettingsCreator:
    """Comparisons with frequencies of names, and blocking that covers the same evidence as ours."""
    comparisons = {
        "given_name": compare.JaroWinklerAtThresholds("given_name", [0.92, 0.8]).configure(
            term_frequency_adjustments=True
        ),
        "family_name": compare.JaroWinklerAtThresholds("family_name", [0.92, 0.8]).configure(
            term_frequency_adjustments=True
        ),
        "birth_date": compare.DamerauLevenshteinAtThresholds("birth_date", [2]),
        "email": compare.LevenshteinAtThresholds("email", [2]),
        "phone": compare.ExactMatch("phone"),
        "address": compare.LevenshteinAtThresholds("address", [2]),
        "national_id": compare.LevenshteinAtThresholds("national_id", [2]),
    }
    return SettingsCreator(
        link_type=link_type,
        comparisons=[comparison for name, comparison in comparisons.items() if name in filled],
        blocking_rules_to_generate_predictions=_rules(_BLOCKING, filled),
        retain_matching_columns=False,
    )


def clusters(folder: Path, sources: Sequence[str]) -> tuple[Any, dict[str, float]]:
    """The clusters as a DuckDB relation, and the seconds of each step."""
    seconds: dict[str, float] = {}
    started = monotonic()
    database = duckdb.connect()
    for source in sources:
        _read(database, folder / f"{source}.csv", source)
    filled = _filled(database, sources)
    api = DuckDBAPI(database)
    link_type = "dedupe_only" if len(sources) == 1 else "link_and_dedupe"
    linker = Linker(
        [api.register(source, dataset_display_name=source) for source in sources],
        settings(filled, link_type=link_type),
        log_level=None,
    )
    seconds["read"] = monotonic() - started
    _train(linker, filled)
    seconds["train"] = monotonic() - started - sum(seconds.values())
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLD)
    seconds["predict"] = monotonic() - started - sum(seconds.values())
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, THRESHOLD)
    relation = found.as_duckdbpyrelation()
    seconds["cluster"] = monotonic() - started - sum(seconds.values())
    return relation, seconds


def _read(database: duckdb.DuckDBPyConnection, path: Path, source: str) -> None:
    with path.open(encoding="utf-8") as file:
        has_identifier = "national_id" in file.readline().strip().split(",")
    query = _CLEAN.format(national_id="nullif(national_id, '')" if has_identifier else "NULL::varchar")
    database.execute(f"CREATE TABLE {source} AS {query}", [str(path)])


def _filled(database: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> set[str]:
    """The columns that hold a value anywhere."""
    everything = " UNION ALL ".join(f"SELECT * FROM {source}" for source in sources)
    counted = database.sql(f"SELECT count(COLUMNS(*)) FROM ({everything})")
    return {name for name, count in zip(counted.columns, counted.fetchall()[0], strict=True) if count}


def _rules(wanted: Iterable[tuple[str, ...]], filled: Collection[str]) -> list[str | BlockingRuleCreator]:
    return [block_on(*columns) for columns in wanted if set(columns) <= set(filled)]


def _train(linker: Linker, filled: Collection[str]) -> None:
    linker.training.estimate_probability_two_random_records_match(_rules(_CERTAIN, filled), recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in _rules(_TRAINED_BY, filled)[:2]:  # each rule trains the columns that the other holds fixed
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def main() -> None:
    """Write source, key, cluster; print the seconds."""
    logging.getLogger("splink").setLevel(logging.ERROR)  # which levels small sets leave untrained
    folder, target, sources = Path(sys.argv[1]), Path(sys.argv[2]), tuple(sys.argv[3:]) or SOURCES
    relation, seconds = clusters(folder, sources)
    source = "source_dataset" if len(sources) > 1 else f"'{sources[0]}'"
    relation.select(f"{source} AS source, unique_id AS key, cluster_id AS cluster").write_csv(str(target))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
