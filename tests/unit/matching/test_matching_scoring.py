"""The array scorer agrees with the plain one, whatever the pairs and however they are batched."""

from hypothesis import given, settings
from hypothesis import strategies as st
from matching_people import MODEL, home, identity, person
from matching_reference import reference_levels, reference_veto, reference_weight

from customerfile.matching.levels import LEVELS
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import explain, score_pairs

NAMES = [
    "John",
    "Jon",
    "J",
    "Robert",
    "Bob",
    "Mary Ann",
    "Ann",
    "Smith",
    "Smyth",
    "Smith-Jones",
    "Quistgaard",
    "",
]
ADDRESSES = [
    home(), home(unit="3"), home(street="Mil Lane"), home(postcode="LS1 4AC", city=""), home(house_number="14"),
    {"city": "Leeds"}, {"street": "Mill Lane", "house_number": "12"}, home(city="York", postcode="YO1 7HH"),
]  # fmt: skip
BIRTHS = ["", "1978-12-11", "1978-11-12", "1978-12-17", "1978", "1951-12-11", "--12-11"]
COMPANIES = ["", "Acme Export", "Acme Exports", "Acme Export Services", "Borealis"]
contacts = st.lists(
    st.sampled_from(["ann@example.org", "ann@mail.example.org", "info@example.org"]), max_size=2
)
phones = st.lists(st.sampled_from(["+17029191300", "9191300", "+12029191300"]), max_size=2)
numbers = st.sampled_from(["219099999", "219099989", "457555462", "21909999"])
schemes = st.sampled_from(["us.ssn", "other", "es.dni"])


@st.composite
def prepared_people(draw: st.DrawFn) -> Prepared:
    record = person(
        kind=draw(st.sampled_from(["person", "organisation"])),
        given_name=draw(st.sampled_from(NAMES)),
        middle_name=draw(st.sampled_from(["", "J", "Ann", "Lee"])),
        family_name=draw(st.sampled_from(NAMES)),
        name_suffix=draw(st.sampled_from(["", "Jr", "Sr"])),
        birth_date=draw(st.sampled_from(BIRTHS)),
        gender=draw(st.sampled_from(["", "male", "female"])),
        email=[{"value": value} for value in draw(contacts)],
        phone=[{"value": value} for value in draw(phones)],
        address=draw(st.lists(st.sampled_from(ADDRESSES), max_size=2)),
        organisation_name=draw(st.sampled_from(COMPANIES)),
        iban=draw(st.sampled_from([[], identity("DE1", "iban"), identity("DE2", "iban")])),
    )  # fmt: skip
    record["national_id"] = [
        {"scheme": draw(schemes), "value": draw(numbers)} for _ in range(draw(st.integers(0, 2)))
    ]
    return prepare(record)


@given(st.lists(prepared_people(), min_size=2, max_size=6))
@settings(max_examples=150, deadline=None)
def test_arrays_agree_with_the_plain_scorer(people: list[Prepared]) -> None:
    pairs = [(a, b) for a in people for b in people]
    scored = score_pairs(MODEL, [a for a, _ in pairs], [b for _, b in pairs])
    for row, (a, b) in enumerate(pairs):
        expected = reference_levels(a, b, MODEL)
        named = {
            comparison.name: LEVELS[comparison.name][level]
            for comparison, level in zip(MODEL.comparisons, scored.level[row].tolist(), strict=True)
            if level >= 0
        }
        veto = int(scored.veto[row])
        assert named == expected
        assert scored.weight[row] == reference_weight(expected, MODEL)
        assert (MODEL.vetoes[veto - 1].name if veto else "") == reference_veto(expected, MODEL)


@given(prepared_people(), prepared_people())
@settings(max_examples=150, deadline=None)
def test_scores_do_not_depend_on_the_side(a: Prepared, b: Prepared) -> None:
    scored = score_pairs(MODEL, [a, b], [b, a])
    assert scored.level[0].tolist() == scored.level[1].tolist()
    assert scored.weight[0] == scored.weight[1]


@given(prepared_people(), prepared_people())
@settings(max_examples=100, deadline=None)
def test_the_reasons_add_up_to_the_weight(a: Prepared, b: Prepared) -> None:
    scored = score_pairs(MODEL, [a], [b])
    reasons = explain(MODEL, scored.level[0].tolist())
    assert abs(sum(reason.weight for reason in reasons) - scored.weight[0]) < 1e-9


def test_no_pairs_give_empty_arrays() -> None:
    scored = score_pairs(MODEL, [], [])
    assert (scored.weight.shape, scored.level.shape, scored.veto.shape) == (
        (0,),
        (0, len(MODEL.comparisons)),
        (0,),
    )


def test_reasons_are_words_with_the_weightiest_first() -> None:
    left = prepare(person(given_name="Bob", family_name="Quistgaard", birth_date="1978-12-11"))
    right = prepare(person(given_name="Robert", family_name="Quistgard", birth_date="1978-12-11"))
    reasons = explain(MODEL, score_pairs(MODEL, [left], [right]).level[0].tolist())
    assert [reason.words for reason in reasons] == [
        "same birth date",
        "family names differ by a slip",
        "given names stand for one another",
        "same gender",
        "same kind of customer",
    ]
