"""The peer: Splink's own batch run over both people files, on DuckDB, from CSV to clusters. Prints JSON.

Splink gets what one would give it by hand: plain lower-case letters, the end of the phone number, one comparison for
the whole address, a high threshold. Run: python bench/kit/splink_peer.py FOLDER CLUSTERS_CSV
"""

import json
import sys
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
    strip_accents(lower(street)) || ', ' || upper(postcode) AS address
FROM read_csv(?, all_varchar = true, header = true)
"""


def settings() -> SettingsCreator:
    """Comparisons with frequencies of names, and blocking that covers the same evidence as ours."""
    return SettingsCreator(
        link_type="link_and_dedupe",
        comparisons=[
            compare.JaroWinklerAtThresholds("given_name", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            compare.JaroWinklerAtThresholds("family_name", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            compare.DamerauLevenshteinAtThresholds("birth_date", [2]),
            compare.LevenshteinAtThresholds("email", [2]),
            compare.ExactMatch("phone"),
            compare.LevenshteinAtThresholds("address", [2]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("email"),
            block_on("phone"),
            block_on("birth_date", "family_name"),
            block_on("birth_date", "given_name"),
            block_on("given_name", "family_name", "postcode"),
            block_on("given_name", "family_name", "city"),
            block_on("address"),
        ],
        retain_matching_columns=False,
    )


def clusters(folder: Path) -> tuple[Any, dict[str, float]]:
    """The clusters as a DuckDB relation, and the seconds of each step."""
    seconds: dict[str, float] = {}
    started = monotonic()
    database = duckdb.connect()
    for source in SOURCES:
        database.execute(f"CREATE TABLE {source} AS {_CLEAN}", [str(folder / f"{source}.csv")])
    api = DuckDBAPI(database)
    linker = Linker(
        [api.register(source, dataset_display_name=source) for source in SOURCES], settings(), log_level=None
    )
    seconds["read"] = monotonic() - started
    _train(linker)
    seconds["train"] = monotonic() - started - sum(seconds.values())
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLD)
    seconds["predict"] = monotonic() - started - sum(seconds.values())
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, THRESHOLD)
    relation = found.as_duckdbpyrelation()
    seconds["cluster"] = monotonic() - started - sum(seconds.values())
    return relation, seconds


def _train(linker: Linker) -> None:
    certain: list[str | BlockingRuleCreator] = [
        block_on("email", "birth_date"),
        block_on("given_name", "family_name", "birth_date"),
    ]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("birth_date", "given_name"), block_on("email")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def main() -> None:
    """Write source, key, cluster; print the seconds."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    relation, seconds = clusters(folder)
    relation.select("source_dataset AS source, unique_id AS key, cluster_id AS cluster").write_csv(
        str(target)
    )
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
