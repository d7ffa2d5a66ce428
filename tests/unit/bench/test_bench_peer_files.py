"""Public records in the columns that the peer reads, and the measures of what it finds."""

from bench.kit.pairs import measures
from bench.kit.peer_files import COLUMNS, write_peer_file

ANNA = {
    "kind": "person",
    "given_name": "Anna",
    "family_name": "Meier",
    "email": [{"value": "anna@example.org"}, {"value": "am@example.org"}],
    "address": [{"line": "1 High Street", "city": "Leeds", "postcode": "LS1 1AA"}],
}
TEAHOUSE = {"kind": "organisation", "organisation_name": "The Tea House"}


def test_of_several_values_the_peer_gets_the_first(tmp_path) -> None:
    write_peer_file(tmp_path / "set.csv", [("1", ANNA), ("2", TEAHOUSE)])

    assert (tmp_path / "set.csv").read_text().splitlines() == [
        ",".join(COLUMNS),
        "1,Anna,Meier,,anna@example.org,,1 High Street,Leeds,LS1 1AA,",
        "2,,The Tea House,,,,,,,",
    ]


def test_wrong_pairs_are_counted_and_missing_records_stand_alone() -> None:
    truth = {("a", "1"): "anna", ("a", "2"): "anna", ("a", "3"): "ben", ("a", "4"): "ben"}

    found = measures({("a", "1"): "x", ("a", "2"): "x", ("a", "3"): "x"}, truth)

    assert (found.pairs_joined, found.pairs_wrong, found.pairs_true, found.one_wrong_in) == (3, 2, 2, 1.5)
