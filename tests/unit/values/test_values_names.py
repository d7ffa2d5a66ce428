import pytest

from customerfile.values.kinds import standardise
from customerfile.values.names import EMAIL_AS_NAME, NOT_A_NAME
from customerfile.values.outcome import Accepted, Context, Refused

NOWHERE = Context()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("maria", "Maria"),
        ("MARIA ELENA", "Maria Elena"),
        ("Jean-Pierre", "Jean-Pierre"),
        ("JEAN-PIERRE", "Jean-Pierre"),
        ("o'brien", "O'Brien"),
        ("O’BRIEN", "O'Brien"),
        ("MCDONALD", "McDonald"),
        ("mcdonald-smith", "McDonald-Smith"),
        ("MACDONALD", "MacDonald"),
        ("MACHADO", "Machado"),
        ("DE LA CRUZ", "de la Cruz"),
        ("van der berg", "van der Berg"),
        ("VON", "Von"),
        ("DELL'ACQUA", "Dell'Acqua"),
        ("SA'ID", "Sa'id"),
        ("ÉMILIE", "Émilie"),
        ("ŁUKASZ", "Łukasz"),
        ("b", "B"),
        ("j.p.", "J.P."),
        ("TJ", "TJ"),
        ("ED", "Ed"),
        ("LeBron", "LeBron"),
        ("EDWARDS Jr", "Edwards Jr"),
        ("DE LA CRUZ Jr.", "de la Cruz Jr."),
        ("LEE Ann", "LEE Ann"),
        ("van Gogh", "van Gogh"),
        ("张", "张"),
        ("Smith,", "Smith"),
        ("  Ann   Marie ", "Ann Marie"),
    ],
)
def test_names_are_recased_only_where_they_are_all_of_one_case(raw: str, expected: str) -> None:
    assert standardise("family_name", raw, NOWHERE) == Accepted(expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("12345", NOT_A_NAME),
        ("---", NOT_A_NAME),
        ("ann@example.org", EMAIL_AS_NAME),
        ("Ann2", Accepted("Ann2", ("the name holds a digit",))),
    ],
)
def test_odd_names(raw: str, expected: Accepted | Refused) -> None:
    assert standardise("given_name", raw, NOWHERE) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("Mister", "Mr"), ("DR.", "Dr"), ("Prof. Dr.", "Prof Dr"), ("herr", "Herr"), ("Mrs.", "Mrs")],
)
def test_titles(raw: str, expected: str) -> None:
    assert standardise("name_prefix", raw, NOWHERE) == Accepted(expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("junior", "Jr"),
        ("JR.", "Jr"),
        ("3rd", "III"),
        ("Ph.D.", "PhD"),
        ("MD, PhD", "MD PhD"),
        ("Bart , Jr", "Bart Jr"),
    ],
)
def test_suffixes(raw: str, expected: str) -> None:
    assert standardise("name_suffix", raw, NOWHERE) == Accepted(expected)
