"""Pairwise quality on groupings small enough to count by hand."""

import pytest

from bench.kit.pairs import Quality, quality, read_grouping

TRUTH = {("a", "1"): "anna", ("a", "2"): "anna", ("b", "1"): "anna", ("b", "2"): "bert"}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("xxxy", Quality(1.0, 1.0)),
        ("xxyz", Quality(1.0, 1 / 3)),
        ("xxxx", Quality(0.5, 1.0)),
        ("wxyz", Quality(1.0, 0.0)),
    ],
)
def test_pairs_are_counted(groups: str, expected: Quality) -> None:
    assert quality(dict(zip(TRUTH, groups, strict=True)), TRUTH) == expected


def test_a_record_that_is_missing_is_joined_with_nobody() -> None:
    found = {("a", "1"): "x", ("a", "2"): "x"}

    assert quality(found, TRUTH) == Quality(1.0, 1 / 3)


def test_records_without_a_truth_do_not_count() -> None:
    found = dict(zip(TRUTH, "xxxy", strict=True)) | {("c", "9"): "x"}

    assert quality(found, TRUTH) == Quality(1.0, 1.0)


def test_f1_is_the_harmonic_mean() -> None:
    assert (Quality(0.5, 1.0).f1, Quality(0.0, 0.0).f1) == (2 / 3, 0.0)


def test_a_grouping_is_read_by_source_and_key(tmp_path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("source,key,customer\na,1,0007\nb,1,0007\n", encoding="utf-8")

    assert read_grouping(path, "customer") == {("a", "1"): "0007", ("b", "1"): "0007"}
