"""What is doubtful about a mapping is told in words, at the column."""

from customerfile.definition.loading import load_packs
from customerfile.sources.mapping import ColumnMapping, Mapping
from customerfile.sources.mapping_checks import Doubts, doubts_about
from customerfile.sources.rows import RawRow
from customerfile.values.outcome import Context

COLUMNS = ("id", "name", "mail")
ROWS = [
    RawRow(2, ("1", "Ann Bo", "ann@example.org")),
    RawRow(3, (None, "Cy Dee", "cy@example.org")),
    RawRow(4, ("1", "Ed Fox", "at home")),
]


def doubts(*columns: ColumnMapping, key: tuple[str, ...] = ("id",), **more: object) -> Doubts:
    mapping = Mapping(kind_as=str(more.get("kind_as", "customers")), key=key, columns=columns)
    return doubts_about(
        mapping, COLUMNS, ROWS, definition=load_packs(["base"]), context=Context("GB", "", "", "UTC")
    )


ID, NAME, MAIL = (
    ColumnMapping(*each) for each in (("id", ("key",)), ("name", ("full_name",)), ("mail", ("email",)))
)


def test_blank_and_repeated_keys_stand_at_the_key():
    told = " ".join(doubts(ID, NAME, MAIL).of_columns["id"])
    assert "Blank in 1 of the first 3 rows: these are refused." in told
    assert "1 of the first 3 rows have the key of an earlier row" in told


def test_values_that_cannot_be_taken_stand_at_their_column():
    (told,) = doubts(ID, NAME, MAIL).of_columns["mail"]
    assert told.startswith("1 of the first 3 values cannot be taken: ")


def test_what_is_missing_is_told_of_the_file():
    assert "No column holds a name." in " ".join(doubts(ID, MAIL).of_file)
    assert "nobody can be told from their namesake" in " ".join(doubts(ID, NAME).of_file)
    assert "a key is made from the whole row" in " ".join(doubts(NAME, MAIL, key=()).of_file)
    orders = doubts(ColumnMapping("id", ("customer.key",)), kind_as="purchases").of_file
    assert [each.split(":")[0] for each in orders] == [
        "No column says what was paid",
        "No column says when it was bought.",
        "No column says the number of the order.",
    ]


def test_two_columns_for_a_single_value_are_told():
    (told,) = doubts(ID, NAME, ColumnMapping("mail", ("full_name",))).of_columns["mail"]
    assert "“name” says the same" in told
