"""Files that are bad as a whole, through the import: what can be used goes in, what cannot is refused in words."""

import gzip

import pytest
import xlsxwriter

from customerfile.intake import opening
from customerfile.sources import spool
from customerfile.sources.faults import EmptyFile, FileChanged, TooLarge
from customerfile.sources.models import Delivery, Record, Reject
from customerfile.sources.rows import ReadOptions

HEAD = "id,first name,last name,email\n"
ANNA = "1,Anna,Meyer,anna@example.org\n"


@pytest.mark.parametrize("content", [b"", b" \n\n  \n", b"\xef\xbb\xbf", b"\x00" * 100, gzip.compress(b"")])
def test_an_empty_file_is_refused_and_leaves_nothing(bring, tmp_path, content):
    path = tmp_path / "empty.csv"
    path.write_bytes(content)

    with pytest.raises(EmptyFile) as refused:
        bring(path)

    assert refused.value.reason
    assert refused.value.remedy
    assert Delivery.objects.count() == 0


def test_a_header_alone_is_a_delivery_of_no_rows_that_says_so(bring):
    done = bring(HEAD)

    delivery = Delivery.objects.get()
    assert (done.counts.rows, delivery.state) == (0, "finished")
    assert "The file holds a header and no rows." in delivery.detected["notes"]


def test_the_encoding_is_found_where_it_is_not_utf_8(bring, tmp_path):
    path = tmp_path / "western.csv"
    path.write_bytes((HEAD + "1,Zoë,Muñoz,zoe@example.org\n").encode("cp1252"))

    bring(path)

    assert Record.objects.get().canonical["given_name"] == "Zoë"
    assert Delivery.objects.get().detected["encoding"] == "cp1252"


def test_a_row_in_another_encoding_than_its_file_is_refused_by_its_line(bring, tmp_path):
    path = tmp_path / "mixed.csv"
    good = "1,Zoë,Müller,zoe@example.org\n2,Ana,Núñez,ana@example.org\n"
    path.write_bytes((HEAD + good).encode() + "3,René,Fürst,rene@example.org\n".encode("cp1252"))

    done = bring(path)

    refused = Reject.objects.get()
    assert (done.counts.rows, done.counts.created, done.counts.rejected) == (3, 2, 1)
    assert (refused.line, refused.scope) == (4, "row")
    assert "not UTF-8" in refused.reason
    assert "encoding" in refused.remedy


def test_a_wrong_encoding_that_somebody_names_refuses_the_rows_it_spoils(bring, tmp_path):
    path = tmp_path / "western.csv"
    path.write_bytes((HEAD + ANNA + "2,Zoë,Müller,zoe@example.org\n").encode("cp1252"))

    done = bring(path, options=ReadOptions(encoding="utf-8"))

    assert (done.counts.created, done.counts.rejected) == (1, 1)
    assert Reject.objects.get().line == 3


def test_ten_thousand_columns_are_read_and_those_understood_are_kept(bring):
    extra = [f"x{number}" for number in range(9_996)]
    text = HEAD.strip() + "," + ",".join(extra) + "\n" + ANNA.strip() + ",7" * len(extra) + "\n"

    done = bring(text)

    assert (done.counts.rows, done.counts.created) == (1, 1)
    assert Record.objects.get().canonical["given_name"] == "Anna"


def test_more_columns_than_any_program_writes_are_refused_with_their_number(bring):
    with pytest.raises(TooLarge) as refused:
        bring(",".join(f"x{number}" for number in range(70_000)) + "\n")

    assert "70,000 columns" in refused.value.reason
    assert "delimiter" in refused.value.remedy


def test_formulas_give_their_stored_value_and_are_never_worked_out(bring, tmp_path):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "first name", "last name", "email"])
        sheet.write_row(1, 0, ["1", "Anna"])
        sheet.write_formula(1, 2, '=CONCATENATE("Mey","er")', None, "Meyer")
        sheet.write_formula(1, 3, '=WEBSERVICE("http://example.org")', None, "")
        sheet.write_row(2, 0, ["2", "Ben", "Okafor", "ben@example.org"])

    done = bring(path)

    anna = Record.objects.get(key="1").canonical
    assert (done.counts.rows, done.counts.created) == (2, 2)
    assert (anna["family_name"], "email" in anna) == ("Meyer", False)
    assert any("formulas have no stored value" in note for note in Delivery.objects.get().detected["notes"])


def test_a_formula_in_a_text_file_is_kept_as_the_text_it_is(bring):
    bring(HEAD.strip() + ",remarks\n" + ANNA.strip() + ',"=HYPERLINK(""http://example.org"")"\n')

    assert Record.objects.get().raw["remarks"] == '=HYPERLINK("http://example.org")'


def test_a_file_that_changes_while_it_is_read_is_refused_and_leaves_nothing(bring, tmp_path, monkeypatch):
    path = tmp_path / "growing.csv"
    path.write_text(HEAD + ANNA)
    write_all = spool._write_all

    def growing(target, block):
        write_all(target, block)
        if path.stat().st_size == len(HEAD + ANNA):
            path.write_text(HEAD + ANNA + "2,Ben,Okafor,ben@example.org\n")

    monkeypatch.setattr(spool, "_write_all", growing)

    with pytest.raises(FileChanged, match=r"growing\.csv changed while it was read") as refused:
        bring(path)

    assert refused.value.remedy
    assert Delivery.objects.count() == 0
    done = bring(path)
    assert done.counts.created == 2


def test_a_file_that_changes_after_it_was_copied_is_imported_as_it_was(bring, tmp_path, monkeypatch):
    path = tmp_path / "rewritten.csv"
    path.write_text(HEAD + ANNA)

    take_sample = opening.sample

    def overtaken(stream):
        path.write_text("gone\n")
        return take_sample(stream)

    monkeypatch.setattr(opening, "sample", overtaken)
    done = bring(path)

    assert path.read_text() == "gone\n"
    assert done.counts.created == 1
