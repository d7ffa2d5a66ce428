import pytest

from customerfile.values.kinds import display, mask, standardise
from customerfile.values.names import EMAIL_AS_NAME, NOT_A_NAME
from customerfile.values.outcome import Accepted, Context
from customerfile.values.person_names import PARTS


def parts(raw: str, country: str = "") -> dict[str, str]:
    outcome = standardise("person_name", raw, Context(country=country))
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    assert set(outcome.value) <= set(PARTS)
    return {key: str(part) for key, part in outcome.value.items()}


def short(raw: str, country: str = "") -> str:
    """given / middle / family / prefix / suffix, empty parts left out behind."""
    found = parts(raw, country)
    keys = ("given_name", "middle_name", "family_name", "name_prefix", "name_suffix")
    return " / ".join(found.get(key, "") for key in keys).rstrip(" /")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("John Smith", "John /  / Smith"),
        ("SMITH, JOHN", "John /  / Smith"),
        ("Smith, John A.", "John / A. / Smith"),
        ("john a smith", "John / A / Smith"),
        ("Dr. Maria Elena de la Cruz Jr.", "Maria / Elena / de la Cruz / Dr / Jr"),
        ("Smith Jr., John", "John /  / Smith /  / Jr"),
        ("Smith, John, Jr", "John /  / Smith /  / Jr"),
        ("JOHN O'BRIEN III", "John /  / O'Brien /  / III"),
        ("John Smith, PhD", "John /  / Smith /  / PhD"),
        ("John Smith Jr. MD", "John /  / Smith /  / Jr MD"),
        ("Prof. Dr. Anna Schmidt", "Anna /  / Schmidt / Prof Dr"),
        ("Ludwig van Beethoven", "Ludwig /  / van Beethoven"),
        ("João da Silva", "João /  / da Silva"),
        ("Osama bin Said", "Osama /  / bin Said"),
        ("Van Morrison", "Van /  / Morrison"),
        ("de la Cruz, Maria", "Maria /  / de la Cruz"),
        ("Jose Ortega y Gasset", "Jose /  / Ortega y Gasset"),
        ("J. R. R. Tolkien", "J. / R. R. / Tolkien"),
        ("Mary-Jane McDonald-Smith", "Mary-Jane /  / McDonald-Smith"),
        ("Maria del Carmen Lopez", "Maria del Carmen /  / Lopez"),
        ("Mr and Mrs Smith", " /  / Smith / Mr & Mrs"),
        ("Mr. Smith", " /  / Smith / Mr"),
        ("Jean DUPONT", "Jean /  / Dupont"),
        ("Anna Schmidt geb. Meier", "Anna /  / Schmidt"),
        ("  Ann   Lee  ", "Ann /  / Lee"),
    ],
)
def test_parts_of_a_name(raw: str, expected: str) -> None:
    assert short(raw) == expected


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("Maria Garcia Lopez", "ES", "Maria /  / Garcia Lopez"),
        ("Maria Elena Garcia Lopez", "MX", "Maria / Elena / Garcia Lopez"),
        ("Juan Garcia de la Cruz", "ES", "Juan /  / Garcia de la Cruz"),
        ("Maria Elena de la Cruz", "ES", "Maria / Elena / de la Cruz"),
        ("Maria Garcia Lopez", "US", "Maria / Garcia / Lopez"),
        ("DUPONT Jean", "FR", "Jean /  / Dupont"),
        ("Nagy Istvan", "HU", "Istvan /  / Nagy"),
        ("张秀英", "", "秀英 /  / 张"),
        ("欧阳修", "", "修 /  / 欧阳"),
        ("김철수", "KR", "철수 /  / 김"),
    ],
)
def test_order_by_country_and_script(raw: str, country: str, expected: str) -> None:
    assert short(raw, country) == expected


def test_nickname_in_quotes() -> None:
    assert parts('William "Bill" Gatter') == {
        "given_name": "William", "family_name": "Gatter", "nickname": "Bill",
    }  # fmt: skip
    assert parts("Robert (Bob) Jones")["nickname"] == "Bob"


@pytest.mark.parametrize(
    ("raw", "key", "note"),
    [
        ("Zorblax", "family_name", "a single name, taken as the family name"),
        ("Bob", "given_name", "a single name, taken as the given name"),
        ("Mr Bob", "family_name", "a single name, taken as the family name"),
    ],
)
def test_a_single_name_says_what_it_was_taken_for(raw: str, key: str, note: str) -> None:
    outcome = standardise("person_name", raw, Context())
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    assert key in outcome.value
    assert outcome.notes == (note,)


def test_two_persons_in_one_value_are_noted() -> None:
    outcome = standardise("person_name", "John & Mary Smith", Context())
    assert isinstance(outcome, Accepted)
    assert outcome.notes == ("this may name two persons; give each a row of its own",)


def test_refusals() -> None:
    assert standardise("person_name", "12 34", Context()) == NOT_A_NAME
    assert standardise("person_name", "bob@example.org", Context()) == EMAIL_AS_NAME


def test_shown_and_masked() -> None:
    value = {"name_prefix": "Dr", "given_name": "Ann", "family_name": "Lee", "name_suffix": "Jr"}
    assert display("person_name", {**value}) == "Dr Ann Lee Jr"
    assert mask("person_name", {**value}) == "A. L."
