"""Comparison inputs: what a newcomer brings counts, whatever is stored of it."""

from customerfile.base.ids import RecordId
from customerfile.customers.resolution.candidates import Newcomer, PreparedRecords
from customerfile.matching.prepare import prepare

OLD, NEW = (prepare({"kind": "person", "given_name": name}).to_json().decode() for name in ("Ann", "Eve"))


def test_a_newcomer_keeps_its_own_inputs() -> None:
    known = PreparedRecords([Newcomer(RecordId(1), NEW, ())])

    known.learn({1: OLD, 2: OLD})

    assert {record: found.given for record, found in known.of([1, 2, 3]).items()} == {1: "eve", 2: "ann"}
