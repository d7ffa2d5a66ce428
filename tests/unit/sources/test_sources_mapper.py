"""A compiled mapping: from cells to raw values under field keys."""

import pytest

from customerfile.sources.faults import MappingFault
from customerfile.sources.mapper import MappedRow, RawValue, compile_mapping, content_key
from customerfile.sources.mapping import ColumnMapping, Mapping
from customerfile.sources.rows import RawRow


def _map(columns: dict[str, ColumnMapping | str], *cells: str | None, **options: object) -> MappedRow:
    """Columns by name, each with its mapping or target; and the cells of one row."""
    mapped = tuple(
        ColumnMapping(name, (meant,)) if isinstance(meant, str) else meant
        for name, meant in columns.items()
        if meant
    )
    mapping = Mapping("customers", **({"key": (), "columns": mapped} | options))  # type: ignore[arg-type]
    return compile_mapping(mapping, tuple(columns)).map(RawRow(2, cells))


def test_cells_become_values_under_their_fields() -> None:
    row = _map({"Id": "key", "First": "given_name", "Junk": "", "Note": "note"}, "7", " Ann ", "x", None)
    assert (row.line, row.key) == (2, "7")
    assert row.fields == {"given_name": [RawValue("Ann", "", "First")]}
    assert row.cells == ("7", " Ann ", "x", None)


def test_several_columns_of_one_field_are_several_values() -> None:
    row = _map({"Home": ColumnMapping("Home", ("phone",), use="home"), "Cell": "phone[2]"}, "1", "2")
    assert row.fields["phone"] == [RawValue("1", "home", "Home"), RawValue("2", "", "Cell")]


def test_a_type_column_gives_the_use() -> None:
    columns: dict[str, ColumnMapping | str] = {"Type": "phone.use", "Phone": "phone"}
    assert _map(columns, "* Mobile", "1").fields["phone"] == [RawValue("1", "mobile", "Phone")]
    assert _map(columns, "Zebra", "1").fields["phone"] == [RawValue("1", "", "Phone")]
    assert _map(columns, "Home", None).fields == {}


def test_joined_values_are_split() -> None:
    columns: dict[str, ColumnMapping | str] = {
        "Type": "email.use",
        "Mail": ColumnMapping("Mail", ("email",), split=" ::: "),
    }
    assert _map(columns, "Work", "a@example.org ::: b@example.org").fields["email"] == [
        RawValue("a@example.org", "work", "Mail"),
        RawValue("b@example.org", "work", "Mail"),
    ]


def test_parts_make_one_address_and_joined_parts_several() -> None:
    split = {
        "Street": ColumnMapping("Street", ("address.line",), split=" ::: "),
        "City": ColumnMapping("City", ("address.city",), split=" ::: "),
        "Kind": ColumnMapping("Kind", ("address.use",)),
    }
    assert _map(dict(split), "Via 1", "Rome", "Home").fields["address"] == [
        RawValue({"line": "Via 1", "city": "Rome"}, "home", "Street")
    ]
    assert [
        value.raw for value in _map(dict(split), "Via 1 ::: Gate 2", "Rome ::: Oslo", None).fields["address"]
    ] == [
        {"line": "Via 1", "city": "Rome"},
        {"line": "Gate 2", "city": "Oslo"},
    ]
    assert "address" not in _map(dict(split), None, " ", "Home").fields


def test_a_post_box_stands_in_for_the_street() -> None:
    columns: dict[str, ColumnMapping | str] = {"Box": "address.po_box", "City": "address.city"}
    assert _map(columns, "12", "Rome").fields["address"][0].raw == {"line": "PO Box 12", "city": "Rome"}


def test_schemes_and_countries_stand_beside_a_number() -> None:
    columns: dict[str, ColumnMapping | str] = {"No": "national_id", "Land": "national_id.country"}
    assert _map(columns, "123", "ES").fields["national_id"][0].raw == {"value": "123", "country": "ES"}
    assert _map(columns, "123", None).fields["national_id"][0].raw == "123"


def test_constants_fill_what_no_column_gives() -> None:
    columns: dict[str, ColumnMapping | str] = {"City": "address.city", "Sex": "gender"}
    constants = {"kind": "person", "gender": "female", "address.country": "ES", "language": "es"}
    row = _map(columns, "Madrid", "m", constants=constants)
    assert (row.kind, row.first("gender"), row.first("language")) == ("person", "m", "es")
    assert row.fields["address"][0].raw == {"country": "ES", "city": "Madrid"}


def test_a_transform_changes_the_key_and_the_values() -> None:
    strip = ColumnMapping("Id", ("key", "customer_number"), transform="strip_decimal")
    row = _map({"Id": strip}, "17850.0", key=("Id",))
    assert (row.key, row.first("customer_number")) == ("17850", "17850")


def test_one_column_may_give_two_fields() -> None:
    born = ColumnMapping("rc", ("birth_date", "gender"), transform="czech_birth_number")
    row = _map({"rc": born}, "706213")
    assert (row.first("birth_date"), row.first("gender")) == ("1970-12-13", "female")


def test_a_cell_that_a_transform_refuses_is_told() -> None:
    row = _map({"rc": ColumnMapping("rc", ("birth_date",), transform="czech_birth_number")}, "709913")
    assert row.fields == {}
    assert [(one.field, one.column) for one in row.refused] == [("birth_date", "rc")]


@pytest.mark.parametrize(
    ("cells", "key"), [(("a", "1"), "a|1"), (("a", None), ""), ((" ", "1"), ""), ((" a ", "1"), "a|1")]
)
def test_a_key_of_two_columns_needs_both(cells: tuple[str | None, ...], key: str) -> None:
    assert _map({"Shop": "", "No": ""}, *cells, key=("Shop", "No")).key == key


def test_a_generated_key_is_the_same_for_the_same_content() -> None:
    row = _map({"Name": "full_name"}, "Ann", generated_key=True)
    assert row.key == content_key(("Ann",)) == content_key((" Ann ",))
    assert row.key != content_key(("Bob",))


def test_a_key_is_generated_only_where_its_column_is_blank() -> None:
    keys = [
        _map({"UID": "", "Name": "full_name"}, uid, "Ann", key=("UID",), generated_key=True).key
        for uid in (" u1 ", None)
    ]
    assert keys == ["u1", content_key((None, "Ann"))]


def test_the_second_of_a_group_stands_second_wherever_its_column_is() -> None:
    row = _map({"Native": "full_name[2]", "Name": "full_name"}, "王杰", "Wang Jie")
    assert [value.raw for value in row.fields["full_name"]] == ["Wang Jie", "王杰"]


def test_a_mapping_that_does_not_fit_the_file_is_refused() -> None:
    mapping = Mapping("customers", (), (ColumnMapping("Mail", ("email",)),))
    with pytest.raises(MappingFault, match='names the column "Mail", which the file does not have'):
        compile_mapping(mapping, ("E-mail",))
    mapping = Mapping("customers", (), (ColumnMapping("Mail", ("email",), transform="rot13"),))
    with pytest.raises(MappingFault, match='asks for the transform "rot13"'):
        compile_mapping(mapping, ("Mail",))
