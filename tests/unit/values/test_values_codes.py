import pytest

from customerfile.values.countries import country_code, country_name
from customerfile.values.kinds import display, standardise
from customerfile.values.outcome import Accepted, Context, Refused

NOWHERE = Context()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        *(
            (word, "female")
            for word in ("F", "female", "Woman", "femme", "Frau", "weiblich", "w", "mujer", "Donna")
        ),
        *(
            (word, "male")
            for word in ("M", "male", "man", "homme", "Herr", "männlich", "H", "hombre", "uomo")
        ),
        *((word, "other") for word in ("X", "other", "non-binary", "Nonbinary", "divers", "autre", "otro")),
    ],
)
def test_gender(raw: str, expected: str) -> None:
    assert standardise("gender", raw, NOWHERE) == Accepted(expected)


def test_gender_that_may_mean_two_things_is_noted() -> None:
    assert standardise("gender", "2", NOWHERE) == Accepted(
        "female", ("the number read as ISO 5218: 1 male, 2 female",)
    )
    assert standardise("gender", "M", Context(country="ES")) == Accepted(
        "male", ("M read as male (masculino); it may stand for mujer",)
    )


def test_gender_refused() -> None:
    assert standardise("gender", "Unknown", NOWHERE) == Refused(
        "It says that the gender is not known.", "Nothing need be done: the field stays empty."
    )
    assert isinstance(standardise("gender", "table", NOWHERE), Refused)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yes Y true 1 oui ja sí Si vrai wahr verdadero x on", True),
        ("no N false 0 non nein faux falsch falso off", False),
    ],
)
def test_boolean(words: str, expected: bool) -> None:
    for word in words.split():
        assert standardise("boolean", word, NOWHERE) == Accepted(expected)
    assert standardise("boolean", "maybe", NOWHERE) == Refused(
        "This is neither yes nor no.", "Write yes or no."
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("fr", "fr"), ("fra", "fr"), ("French", "fr"), ("Français", "fr"), ("Französisch", "fr"), ("pt_BR", "pt-BR"),
     ("EN-us", "en-US"), ("Deutsch", "de"), ("español", "es")],
)  # fmt: skip
def test_language(raw: str, expected: str) -> None:
    assert standardise("language", raw, NOWHERE) == Accepted(expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("eur", "EUR"),
        ("€", "EUR"),
        ("Euro", "EUR"),
        ("US Dollar", "USD"),
        ("£", "GBP"),
        ("livre sterling", "GBP"),
    ],
)
def test_currency(raw: str, expected: str) -> None:
    assert standardise("currency", raw, NOWHERE) == Accepted(expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("DE", "DE"), ("deu", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"),
        ("UK", "GB"), ("England", "GB"), ("U.S.A.", "US"), ("United States of America", "US"), ("États-Unis", "US"),
        ("EIRE", "IE"), ("RSA", "ZA"), ("the Netherlands", "NL"), ("Holland", "NL"), ("Czech Republic", "CZ"),
        ("Côte d'Ivoire", "CI"), ("日本", "JP"), ("Korea, Republic of", "KR"), ("대한민국", "KR"), ("Россия", "RU"),
        ("Congo, Democratic Republic of the", "CD"), ("France, Mayotte (eaux territoriales)", "FR"), ("Türkiye", "TR"),
        ("Atlantis", ""), ("", ""), ("XQ", ""), ("European Community", ""), ("Unspecified", ""),
    ],
)  # fmt: skip
def test_country(raw: str, expected: str) -> None:
    assert country_code(raw) == expected


def test_country_refused_with_a_remedy() -> None:
    assert standardise("country", "Atlantis", NOWHERE) == Refused(
        "This country is not known.", "Write its English name or its two-letter code, for example GB."
    )


def test_shown() -> None:
    assert country_name("DE") == display("country", "DE") == "Germany"
    assert display("language", "pt-BR") == "Portuguese"
    assert display("boolean", True) == "Yes"
    assert display("gender", "female") == "Female"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("http://Example.ORG/a?b=1#c", Accepted("http://example.org/a?b=1#c")),
        ("example.org", Accepted("https://example.org/", ("https:// put before it",))),
        ("www.example.org:8080/x", Accepted("https://www.example.org:8080/x", ("https:// put before it",))),
        ("https://bücher.example.org", Accepted("https://xn--bcher-kva.example.org/")),
    ],
)
def test_url(raw: str, expected: Accepted) -> None:
    assert standardise("url", raw, NOWHERE) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "file:///etc/passwd",
        "not a url",
        "bob@example.org",
        "http://",
        "x",
    ],
)
def test_url_refused(raw: str) -> None:
    assert isinstance(standardise("url", raw, NOWHERE), Refused)
