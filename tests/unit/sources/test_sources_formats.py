"""Compressed files, JSON Lines and Parquet, and the bombs among them."""

import gzip
import json
from collections import deque
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.sources.faults import EmptyFile, TooLarge, UnreadableFile
from customerfile.sources.plain_values import plain_text
from customerfile.sources.readers import open_file
from customerfile.sources.readers.flatten import flatten
from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.rows import RawRow, ReadOptions, RowStream

_CSV = b"id,name\n1,Ann\n2,Bob\n"


def _rows(stream: RowStream) -> list[RawRow]:
    rows = [row for batch in stream.batches() for row in batch]
    stream.close()
    return rows


def _drain(path: Path) -> None:
    deque(open_file(path).batches(), maxlen=0)


def _zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, "zstd", asbytes=True))


@pytest.mark.parametrize(("pack", "compression"), [(gzip.compress, "gzip"), (_zstd, "zstd")])
def test_compressed_files_are_read_as_what_they_hold(tmp_path: Path, pack: object, compression: str) -> None:
    path = tmp_path / "people.csv.packed"
    path.write_bytes(pack(_CSV))  # type: ignore[operator]
    stream = open_file(path)
    assert stream.detected.compression == compression
    assert [row.values for row in _rows(stream)] == [("1", "Ann"), ("2", "Bob")]


def test_two_gzip_files_in_one_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv.gz"
    path.write_bytes(gzip.compress(_CSV) + gzip.compress(b"3,Cleo\n"))
    assert len(_rows(open_file(path))) == 3


@pytest.mark.parametrize("pack", [gzip.compress, _zstd])
def test_a_compressed_file_that_is_cut_short_is_refused(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "people.csv.packed"
    packed: bytes = pack(b"id,name\n" + b"".join(b"%d,Ann\n" % n for n in range(100_000)))  # type: ignore[operator]
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(UnreadableFile, match="damaged or cut short"):
        _rows(open_file(path))


@pytest.mark.parametrize("pack", [gzip.compress, _zstd])
def test_a_bomb_of_two_gigabytes_is_refused_early(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "bomb.csv"
    block: bytes = pack(b"1,Ann\n" * 2_000_000)  # type: ignore[operator]
    path.write_bytes(pack(b"id,name\n") + block * 180)  # type: ignore[operator]
    assert path.stat().st_size < 8 << 20
    with pytest.raises(TooLarge, match="grows more than 250 times"):
        _drain(path)


@pytest.mark.parametrize("pack", [gzip.compress, _zstd])
def test_the_limits_of_inflation_can_be_set(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "zeros.csv"
    path.write_bytes(pack(b"id\n" + b"0\n" * 500_000))  # type: ignore[operator]
    assert len(_rows(open_file(path))) == 500_000
    with pytest.raises(TooLarge, match="holds more than 0 MiB"):
        _rows(open_file(path, limits=ReadLimits(inflated_bytes=100_000)))
    with pytest.raises(TooLarge, match="grows more than 20 times"):
        _rows(open_file(path, limits=ReadLimits(ratio_from_bytes=1000, inflation_ratio=20)))


def test_an_inflated_copy_is_limited_and_removed(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": list(range(1000))}), tmp_path / "people.parquet")
    packed = tmp_path / "people.parquet.gz"
    packed.write_bytes(gzip.compress((tmp_path / "people.parquet").read_bytes()))
    (tmp_path / "people.parquet").unlink()
    with pytest.raises(TooLarge):
        open_file(packed, limits=ReadLimits(unpacked_bytes=100))
    stream = open_file(packed)
    assert len(list(tmp_path.iterdir())) == 2
    assert len(_rows(stream)) == 1000
    assert [path.name for path in tmp_path.iterdir()] == ["people.parquet.gz"]


def test_json_lines_give_the_union_of_their_keys(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text(
        '{"id": 1, "name": "Ann"}\n\n{"id": 12345678901234567890, "price": 10.10, "ok": true, "x": null}\n'
    )
    stream = open_file(path)
    assert stream.columns == ("id", "name", "price", "ok", "x")
    assert [(row.line, row.values) for row in _rows(stream)] == [
        (1, ("1", "Ann", None, None, None)),
        (3, ("12345678901234567890", None, "10.10", "true", None)),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": 1', "The line is not JSON: Expecting ',' delimiter at character 9."),
        ("[1, 2]", "The line is not a JSON object."),
        ('{"id": "\\u0000"}', "The line holds NUL or half of a character, which no text may hold."),
        ('{"id": "\\ud800"}', "The line holds NUL or half of a character, which no text may hold."),
        ("[" * 100_000, "The line is nested too deeply."),
    ],
)
def test_a_broken_line_is_a_faulty_row(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "a"}\n' + line + '\n{"id": "b"}\n')
    rows = _rows(open_file(path))
    assert [(row.line, row.fault) for row in rows] == [(1, ""), (2, fault), (3, "")]


def test_a_json_array_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text('[{"id": 1}]')
    with pytest.raises(UnreadableFile, match="JSON Lines"):
        open_file(tmp_path / "people.json")


def test_too_many_keys_are_refused(tmp_path: Path) -> None:
    (tmp_path / "people.jsonl").write_text("".join(json.dumps({f"k{n}": 1}) + "\n" for n in range(2001)))
    with pytest.raises(TooLarge, match="2,001 columns"):
        open_file(tmp_path / "people.jsonl", limits=ReadLimits(columns=2000))


@pytest.mark.parametrize(
    ("value", "flat"),
    [
        ({"a": {"b": "1", "c": {"d": "2"}}}, {"a.b": "1", "a.c.d": "2"}),
        ({"tags": ["x", "y"]}, {"tags": "x ::: y"}),
        ({"tel": [{"use": "home", "no": "1"}, {"no": "2"}]}, {"tel.use": "home", "tel.no": "1", "tel.no (2)": "2"}),
        ({"f": [{"name": "Ann"}, {"born": "1980"}]}, {"f.name": "Ann", "f.born": "1980"}),
        ({"empty": [], "none": None, "blank": ""}, {"none": None, "blank": None}),
    ],
)  # fmt: skip
def test_nested_values_become_flat_columns(value: dict[str, object], flat: dict[str, str | None]) -> None:
    assert flatten(value) == flat  # type: ignore[arg-type]


def test_parquet_columns_become_plain_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([17850.0, None]),
            "born": pa.array([date(1978, 12, 11), None]),
            "seen": pa.array([datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), None]),
            "paid": pa.array([Decimal("10.10"), None]),
            "ok": pa.array([True, None]),
            "tags": pa.array([["x", "y"], None]),
            "home": pa.array([{"city": "Rome"}, None]),
        }
    )
    pq.write_table(table, tmp_path / "people.parquet")
    stream = open_file(tmp_path / "people.parquet")
    assert stream.columns == ("id", "born", "seen", "paid", "ok", "tags", "home.city", "home")
    first, second = _rows(stream)
    assert first.values[:6] == (
        "17850",
        "1978-12-11",
        "2024-01-02T03:04:05+00:00",
        "10.10",
        "true",
        "x ::: y",
    )
    assert (first.values[6], second.values, second.line) == ("Rome", (None,) * 8, 2)


def test_flat_parquet_keeps_columns_of_the_same_name(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["x", "x"])
    pq.write_table(table, tmp_path / "twice.parquet")
    stream = open_file(tmp_path / "twice.parquet")
    assert stream.columns == ("x", "x (2)")
    assert _rows(stream)[0].values == ("a", "b")


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.parquet").write_bytes(b"PAR1 but nothing else")
    with pytest.raises(UnreadableFile, match="not readable Parquet"):
        open_file(tmp_path / "people.parquet")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (17850.0, "17850"), (0.1 + 0.2, "0.3"), (1e21, "1000000000000000000000"), (1e-7, "0.0000001"),
        (float("nan"), None), (-0.0, "0"), (10**20, "100000000000000000000"), (Decimal("1E+3"), "1000"),
        (datetime(2024, 1, 2), "2024-01-02"), (b"caf\xc3\xa9", "café"), ("", None), (None, None), (False, "false"),
    ],
)  # fmt: skip
def test_typed_values_read_as_people_write_them(value: object, text: str | None) -> None:
    assert plain_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_keeps_fifteen_digits(value: float) -> None:
    assert float(plain_text(value) or "") == float(f"{value:.15g}")


def test_the_content_decides_over_the_name(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(_CSV)
    assert open_file(tmp_path / "people.xlsx").detected.format == "csv"
    assert open_file(tmp_path / "people.xlsx", name="people.tsv").detected.format == "tsv"


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(_CSV)
    with pytest.raises(UnreadableFile, match='No format is called "dbf"'):
        open_file(tmp_path / "people.csv", ReadOptions(format="dbf"))


@pytest.mark.parametrize("pack", [gzip.compress, _zstd])
def test_a_compressed_nothing_is_an_empty_file(tmp_path: Path, pack: object) -> None:
    (tmp_path / "nothing.gz").write_bytes(pack(b""))  # type: ignore[operator]
    with pytest.raises(EmptyFile):
        open_file(tmp_path / "nothing.gz")
