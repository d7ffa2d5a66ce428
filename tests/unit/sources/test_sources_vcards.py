"""vCards of every version, as programs really write them."""

from pathlib import Path

import pytest

from customerfile.definition.loading import load_packs
from customerfile.sources.faults import UnreadableFile
from customerfile.sources.proposal import propose_mapping
from customerfile.sources.readers import open_file
from customerfile.sources.rows import RawRow, ReadOptions
from customerfile.sources.sandboxed.content_lines import (
    ContentLine,
    logical_lines,
    parse_line,
    split_parts,
    unescape,
)

VCARDS = Path(__file__).resolve().parents[4] / "shared" / "data" / "formats" / "vcards"


def _read(path: Path, **options: object) -> tuple[list[dict[str, str]], list[RawRow]]:
    stream = open_file(path, ReadOptions(**options))  # type: ignore[arg-type]
    rows = [row for batch in stream.batches() for row in batch]
    stream.close()
    filled = [
        {name: text for name, text in zip(stream.columns, row.values, strict=False) if text} for row in rows
    ]
    return filled, rows


def _card(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> dict[str, str]:
    path = tmp_path / "card.vcf"
    path.write_bytes("\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]).encode(encoding))
    return _read(path)[0][0]


def test_a_card_becomes_a_row(tmp_path: Path) -> None:
    assert _card(
        tmp_path,
        "VERSION:4.0",
        "FN:Ann Lee",
        "N:Lee;Ann;Mary,Jo;Dr.;PhD",
        "ORG:Acme\\, Inc.;Sales;North",
        "TEL;TYPE=work,voice:tel:+34-912-345-678;ext=9",
        "EMAIL;PREF=1;TYPE=home:ann@example.org",
        "ADR;TYPE=home:;Flat 3;Calle Mayor 12;Madrid;;28013;Spain",
        "BDAY:19781211",
        "GENDER:F",
        "UID:urn:uuid:1",
    ) == {
        "Formatted Name": "Ann Lee",
        "Family Name": "Lee",
        "Given Name": "Ann",
        "Additional Name": "Mary Jo",
        "Name Prefix": "Dr.",
        "Name Suffix": "PhD",
        "Organization": "Acme, Inc.",
        "Department": "Sales, North",
        "Phone 1 - Type": "work",
        "Phone 1 - Value": "+34-912-345-678 ext. 9",
        "E-mail 1 - Type": "home",
        "E-mail 1 - Value": "ann@example.org",
        "Address 1 - Type": "home",
        "Address 1 - Extended": "Flat 3",
        "Address 1 - Street": "Calle Mayor 12",
        "Address 1 - City": "Madrid",
        "Address 1 - Postal Code": "28013",
        "Address 1 - Country": "Spain",
        "Birthday": "19781211",
        "Gender": "F",
        "UID": "urn:uuid:1",
    }


def test_quoted_printable_and_character_sets_of_version_2_1_are_decoded(tmp_path: Path) -> None:
    found = _card(
        tmp_path,
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Jos=C3=A9;;;",
        "NOTE;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9 =",
        "au lait",
        "TEL;CELL;PREF:123456789",
    )
    assert (found["Family Name"], found["Given Name"], found["Note"]) == ("Muñoz", "José", "café au lait")
    assert found["Phone 1 - Type"] == "cell"


def test_folded_lines_are_joined_and_pictures_left_out(tmp_path: Path) -> None:
    found = _card(
        tmp_path, "FN:Ann", "  Lee", "PHOTO;ENCODING=b:AAAA", " BBBB", "", " CCCC", "EMAIL:ann@example.org"
    )
    assert found == {"Formatted Name": "Ann Lee", "E-mail 1 - Value": "ann@example.org"}


def test_the_label_of_a_group_is_the_type(tmp_path: Path) -> None:
    found = _card(tmp_path, "FN:Ann", "item1.TEL:1234567", "item1.X-ABLabel:_$!<Work>!$_")
    assert found["Phone 1 - Type"] == "Work"


def test_a_card_within_a_card_is_passed_over(tmp_path: Path) -> None:
    found = _card(tmp_path, "FN:Ann", "AGENT:", "BEGIN:VCARD", "FN:Bob", "END:VCARD", "EMAIL:ann@example.org")
    assert found == {"Formatted Name": "Ann", "E-mail 1 - Value": "ann@example.org"}


def test_a_file_in_another_encoding_is_read(tmp_path: Path) -> None:
    assert _card(tmp_path, "FN:Müller, François à la Crème", encoding="cp1252")["Formatted Name"].startswith(
        "Müller"
    )


def test_bad_cards_are_faulty_rows_and_the_others_go_in(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text(
        "BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nEND:VCARD\nBEGIN:VCARD\nFN:Bob\nEND:VCARD\n"
        "BEGIN:VCARD\nFN:Cut sho"
    )
    filled, rows = _read(path)
    assert [one.get("Formatted Name") for one in filled] == ["Ann", None, "Bob", None]
    assert [(row.line, row.fault) for row in rows if row.fault] == [
        (2, "The card holds no name, organisation, e-mail address or phone number."),
        (4, "The card is not closed by END:VCARD."),
    ]
    assert "Cut sho" in rows[3].text


def test_a_file_without_cards_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cards.vcf").write_text("nothing here\n")
    with pytest.raises(UnreadableFile, match="holds no vCard"):
        open_file(tmp_path / "cards.vcf")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TEL;CELL;PREF:1", ContentLine("TEL", "1", "", ("cell", "pref"), {})),
        ('i1.TEL;TYPE="work,voice";PREF=1:tel:1', ContentLine("TEL", "tel:1", "i1", ("work", "voice"), {"PREF": "1"})),
        ("NOTE:a:b;c", ContentLine("NOTE", "a:b;c")),
        (";a,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", None),
        ("no colon", None),
    ],
)  # fmt: skip
def test_lines_are_parsed(line: str, expected: ContentLine | None) -> None:
    assert parse_line(line, "utf-8") == expected


def test_structured_values_are_split_at_bare_separators() -> None:
    assert [unescape(part) for part in split_parts(r"Doe\; Sons;a\,b;c\nd")] == ["Doe; Sons", "a,b", "c\nd"]


def test_a_long_picture_takes_time_by_its_length_only() -> None:
    lines = ["FN:Ann", "PHOTO:A", *[" BBBB"] * 50_000, "UID:1"]
    assert [len(line) for line in logical_lines(iter(lines))] == [6, 7, 5]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "people"),
    [
        ("John_Doe_ANDROID", 6), ("John_Doe_BLACK_BERRY", 1), ("John_Doe_EVOLUTION", 1), ("John_Doe_GMAIL", 1),
        ("John_Doe_IPHONE", 1), ("John_Doe_LOTUS_NOTES", 1), ("John_Doe_MAC_ADDRESS_BOOK", 1),
        ("John_Doe_MS_OUTLOOK", 1), ("fullcontact", 1), ("gmail-list", 3), ("gmail-single", 1), ("gmail-single2", 1),
        ("issue114", 1), ("outlook-2003", 1), ("outlook-2007", 1), ("rfc2426-example", 2), ("rfc6350-example", 1),
        ("thunderbird-MoreFunctionsForAddressBook-extension", 1),
    ],
)  # fmt: skip
def test_every_real_file_gives_its_people(file: str, people: int) -> None:
    path = VCARDS / f"{file}.vcf"
    if not path.exists():
        pytest.skip("the public vCards are not beside the checkout")
    filled, rows = _read(path)
    assert (len(rows), sum(bool(row.fault) for row in rows)) == (people, 0)
    assert all("Formatted Name" in one or "E-mail 1 - Value" in one for one in filled)


@pytest.mark.real_data
def test_the_columns_of_a_card_are_mapped_without_help() -> None:
    path = VCARDS / "John_Doe_IPHONE.vcf"
    if not path.exists():
        pytest.skip("the public vCards are not beside the checkout")
    stream = open_file(path)
    rows = [row for batch in stream.batches() for row in batch]
    proposal = propose_mapping(stream.columns, rows, definition=load_packs([]))
    assert (proposal.system, proposal.mapping.generated_key) == ("vCard", True)
    assert stream.detected.notes == ()
    assert {"given_name", "email[1]", "phone[3].use", "address[2].city"} <= {
        target for column in proposal.mapping.columns for target in column.targets
    }
