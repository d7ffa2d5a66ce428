"""What becomes of a record changes only together with the version of the preparation rules."""

import hashlib

from prepared_sample import SAMPLE

from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.preparation_rules import FINGERPRINTS, PREPARATION_VERSION
from customerfile.matching.prepare import prepare


def test_what_becomes_of_records_is_that_of_the_newest_version() -> None:
    assert _fingerprint() == FINGERPRINTS[PREPARATION_VERSION], (
        "Comparison inputs or blocking keys come out differently. Add the next version with this fingerprint to "
        "customerfile/matching/preparation_rules.py, so that files are prepared anew."
    )


def test_versions_are_numbered_without_a_gap_and_differ() -> None:
    assert list(FINGERPRINTS) == list(range(1, PREPARATION_VERSION + 1))
    assert len(set(FINGERPRINTS.values())) == len(FINGERPRINTS)


def _fingerprint() -> str:
    made = hashlib.sha256()
    for record in SAMPLE:
        prepared = prepare(record)
        keys = blocking_keys(prepared, default_model())
        made.update(prepared.to_json() + repr(keys).encode())
    return made.hexdigest()[:16]
