"""CSV and TSV: detection, faults with their exact line, and what the rest of the file still gives."""

from pathlib import Path

import pytest

from customerfile.sources.faults import EmptyFile, TooLarge, UnreadableFile
from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import RawRow, ReadOptions, RowStream


def _open(tmp_path: Path, content: str | bytes, *, name: str = "people.csv", **options: object) -> RowStream:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_file(path, ReadOptions(**options))  # type: ignore[arg-type]


def _rows(stream: RowStream) -> list[RawRow]:
    return [row for batch in stream.batches() for row in batch]


def _values(stream: RowStream) -> list[tuple[str | None, ...]]:
    return [row.values for row in _rows(stream)]


def test_a_plain_file_gives_its_columns_and_rows_with_their_lines(tmp_path: Path) -> None:
    stream = _open(tmp_path, "id,name\n1,Ann\n2,\n")
    assert stream.columns == ("id", "name")
    assert _rows(stream) == [RawRow(2, ("1", "Ann"), "1,Ann"), RawRow(3, ("2", None), "2,")]


def test_batches_can_be_read_again_and_keep_their_size(tmp_path: Path) -> None:
    stream = _open(tmp_path, "id\n" + "".join(f"{n}\n" for n in range(5)), batch_rows=2)
    assert [len(batch) for batch in stream.batches()] == [2, 2, 1]
    assert _rows(stream) == _rows(stream)


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ('"a";"b"\n1;"x,y"\n2;"z,u"\n', ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("Betrag;Name\n1,50;Ann\n2,50;Bob\n", ";"),
        ("only\none\ntwo\n", ","),
    ],
)
def test_the_delimiter_is_detected(tmp_path: Path, content: str, delimiter: str) -> None:
    assert _open(tmp_path, content).detected.delimiter == delimiter


@pytest.mark.parametrize(
    ("encoding", "text", "expected"),
    [
        ("utf-8", "Zoë Brontë", "utf-8"),
        ("utf-8-sig", "Zoë", "utf-8-sig"),
        ("utf-16", "Zoë", "utf-16"),
        ("utf-16-le", "Zoe Smith lives here", "utf-16-le"),
        ("cp1252", "François, Señor, Crème brûlée à la carte", "cp1252"),
        ("cp1250", "Příliš žluťoučký kůň, Český Krumlov", "cp1250"),
        ("cp1250", "Łódź, Kraków, Święty, Gdańsk, Małgorzata", "cp1250"),
    ],
)
def test_the_encoding_is_detected(tmp_path: Path, encoding: str, text: str, expected: str) -> None:
    stream = _open(tmp_path, f'id,name\n1,"{text}"\n2,"{text}"\n'.encode(encoding))
    assert stream.detected.encoding == expected
    assert _values(stream)[0] == ("1", text)


def test_a_wrong_encoding_given_by_hand_is_named_row_by_row(tmp_path: Path) -> None:
    faulty, good = _rows(_open(tmp_path, "id,name\n1,Zoë\n2,Ann\n".encode("cp1252"), encoding="utf-8"))
    assert faulty.fault == "The row holds bytes that are not UTF-8."
    assert (faulty.line, faulty.text) == (2, "1,Zo\\xeb")
    assert good.values == ("2", "Ann")


def test_one_bad_line_late_in_the_file_does_not_change_the_encoding(tmp_path: Path) -> None:
    content = "id,name\n1,Zoë\n2,Noël\n".encode() + "3,Chloé\n".encode("cp1252") + b"4,Ann\n"
    stream = _open(tmp_path, content)
    assert stream.detected.encoding == "utf-8"
    assert [bool(row.fault) for row in _rows(stream)] == [False, False, True, False]


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match='No encoding is called "utf-9"'):
        _open(tmp_path, "id\n1\n", encoding="utf-9")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("2,Bob", "The row has 2 fields where the header has 3."),
        ("2,Bob,x,y", "The row has 4 fields where the header has 3."),
        ("2,B\x00b,x", "The row holds NUL bytes, which no text may hold."),
        ('2,"B"ob",x', "A quote inside a quoted field is not doubled."),
        ('2,"Bob,x', "A quote is opened on this line and never closed."),
    ],
)
def test_a_faulty_row_is_named_and_the_others_go_in(tmp_path: Path, line: str, fault: str) -> None:
    rows = _rows(_open(tmp_path, f'id,name,note\n1,"Ann","two\nlines"\n{line}\n3,Cleo,z\n4,"Dan",z\n'))
    assert [(row.line, row.fault) for row in rows] == [(2, ""), (4, fault), (5, ""), (6, "")]
    assert rows[1].text == line.replace("\x00", "\\x00")
    assert rows[1].remedy
    assert rows[3].values == ("4", "Dan", "z")


def test_an_unclosed_quote_at_the_end_of_the_file_costs_one_row(tmp_path: Path) -> None:
    rows = _rows(_open(tmp_path, 'id,name\n1,Ann\n2,"Bob\n3,Cleo\n'))
    assert [(row.line, bool(row.fault)) for row in rows] == [(2, False), (3, True), (4, False)]


def test_a_quoted_line_break_keeps_the_line_numbers_right(tmp_path: Path) -> None:
    rows = _rows(_open(tmp_path, 'id,note\r\n1,"a\r\nb\r\nc"\r\n2,x\r\n'))
    assert [(row.line, row.values) for row in rows] == [(2, ("1", "a\r\nb\r\nc")), (5, ("2", "x"))]


def test_a_ragged_row_over_several_lines_is_one_fault(tmp_path: Path) -> None:
    rows = _rows(_open(tmp_path, 'id,name,note\n1,"a\nb"\n2,x,y\n'))
    assert [(row.line, bool(row.fault)) for row in rows] == [(2, True), (4, False)]


def test_blank_lines_and_blank_rows_are_no_rows(tmp_path: Path) -> None:
    assert _values(_open(tmp_path, "id,name\n\n1,Ann\n,\n\n")) == [("1", "Ann")]


def test_empty_fields_beyond_the_header_are_let_go(tmp_path: Path) -> None:
    assert _values(_open(tmp_path, "id,name\n1,Ann,,\n")) == [("1", "Ann")]


def test_blanks_after_the_delimiter_may_stand_before_a_quote(tmp_path: Path) -> None:
    assert _values(_open(tmp_path, 'id, name\n1, "Ann, x"\n')) == [("1", "Ann, x")]


def test_column_names_are_trimmed_and_made_unique(tmp_path: Path) -> None:
    assert _open(tmp_path, "id, Phone,Phone,,Phone\n1,2,3,4,5\n").columns == (
        "id", "Phone", "Phone (2)", "Column 4", "Phone (3)",
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b",,\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptyFile):
        _open(tmp_path, content)


def test_a_header_alone_gives_no_rows_and_says_so(tmp_path: Path) -> None:
    stream = _open(tmp_path, "id,name\n")
    assert (stream.columns, _rows(stream)) == (("id", "name"), [])
    assert "The file holds a header and no rows." in stream.detected.notes


def test_a_file_without_header_gets_numbered_columns(tmp_path: Path) -> None:
    stream = _open(tmp_path, "1,ann@example.org\n2,bob@example.org\n")
    assert stream.columns == ("Column 1", "Column 2")
    assert len(_rows(stream)) == 2


def test_too_many_columns_are_refused_and_many_are_read(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match=r"30,000 columns; at most 20,000"):
        _open(tmp_path, ",".join(f"c{n}" for n in range(30_000)) + "\n")
    assert len(_open(tmp_path, ",".join(f"c{n}" for n in range(20_000)) + "\n").columns) == 20_000


def test_long_rows_make_small_batches(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("id,note\n" + "".join(f"{n},{'x' * 400}\n" for n in range(5)))
    stream = open_file(path, limits=ReadLimits(batch_chars=1000))
    assert [[row.line for row in batch] for batch in stream.batches()] == [[2, 3, 4], [5, 6]]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"id,name\n1," + b"x" * 3_000_000)
    with pytest.raises(TooLarge, match="Line 2 is longer than 100,000 characters"):
        open_file(path, limits=ReadLimits(line_chars=100_000))


def test_options_override_what_would_be_detected(tmp_path: Path) -> None:
    stream = _open(tmp_path, "a,b;c\n1,2;3\n", delimiter=";", header=False)
    assert _values(stream) == [("a,b", "c"), ("1,2", "3")]
