"""What somebody changes in a mapping changes that, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from customerfile.sources.mapping import ColumnMapping, Mapping
from customerfile.sources.mapping_edits import ColumnChoice, choices_of, edited

COLUMNS = ("id", "born", "phone", "phone type", "street", "town", "office town", "memo")
MAPPING = Mapping(
    kind_as="customers",
    key=("id",),
    columns=(
        ColumnMapping("id", ("key", "customer_number"), confidence=0.95),
        ColumnMapping("born", ("birth_date", "gender"), "czech_birth_number", confidence=0.85),
        ColumnMapping("phone", ("phone",), split=" ::: "),
        ColumnMapping("phone type", ("phone.use",)),
        ColumnMapping("street", ("address.line",), use="home"),
        ColumnMapping("town", ("address.city",), use="home"),
    ),
    country="CZ",
)
REPEATABLE = {"phone", "email", "address"}


def change(**changes: ColumnChoice) -> Mapping:
    choices = [changes.get(each.column.replace(" ", "_"), each) for each in choices_of(MAPPING, COLUMNS)]
    return edited(MAPPING, choices, repeatable=REPEATABLE)


def targets(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    return {each.column: each.targets for each in mapping.columns}


def test_what_is_left_as_it_is_keeps_all_that_a_form_cannot_show():
    assert change() == MAPPING


def test_a_column_that_is_left_out_goes_alone():
    made = change(memo=ColumnChoice("memo", ""), born=ColumnChoice("born", ""))
    assert "born" not in targets(made)
    assert [each for each in made.columns if each.column != "born"] == [
        each for each in MAPPING.columns if each.column != "born"
    ]


def test_a_chosen_phone_is_one_more_and_not_the_same():
    assert targets(change(memo=ColumnChoice("memo", "phone", "work")))["memo"] == ("phone[2]",)


def test_a_part_joins_the_address_of_the_same_use_and_else_begins_another():
    made = change(memo=ColumnChoice("memo", "address.postcode", "home"))
    assert targets(made)["memo"] == ("address.postcode",)
    made = change(office_town=ColumnChoice("office town", "address.city", "work"))
    assert targets(made)["office town"] == ("address[2].city",)
    made = change(memo=ColumnChoice("memo", "address.city", "home"))
    assert targets(made)["memo"] == ("address[2].city",)


def test_the_key_may_be_another_column_several_or_none():
    other = change(id=ColumnChoice("id", ""), memo=ColumnChoice("memo", "", is_key=True))
    assert (other.key, other.generated_key, targets(other)["memo"]) == (("memo",), False, ("key",))
    two = change(memo=ColumnChoice("memo", "", is_key=True))
    assert two.key == ("id", "memo")
    none = change(id=ColumnChoice("id", "customer_number"))
    assert (none.key, none.generated_key, targets(none)["id"]) == ((), True, ("customer_number",))


FIELDS = st.sampled_from(["", "given_name", "email", "phone", "address.city", "address.postcode", "notes"])
CHOICES = st.lists(
    st.tuples(FIELDS, st.sampled_from(["", "home", "work"]), st.booleans()), min_size=8, max_size=8
)


@given(CHOICES)
def test_choices_come_out_as_they_went_in_and_twice_is_once(said: list[tuple[str, str, bool]]):
    choices = [
        ColumnChoice(column, target, use if target else "", is_key)
        for column, (target, use, is_key) in zip(COLUMNS, said, strict=True)
    ]
    made = edited(MAPPING, choices, repeatable=REPEATABLE)
    shown = choices_of(made, COLUMNS)
    assert [(each.column, each.target, each.is_key) for each in shown] == [
        (each.column, each.target, each.is_key) for each in choices
    ]
    assert edited(made, shown, repeatable=REPEATABLE) == made
