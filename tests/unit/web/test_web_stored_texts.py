"""Stored English texts are told again in the reader's language, with the values that stand in them."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.utils.translation import override

from customerfile.web import stored_texts
from customerfile.web.stored_texts import told_again

FRENCH = {
    "Leave the value out, or fill it in.": "Omettez la valeur, ou renseignez-la.",
    "There is no month {month}, is there?": "Le mois {month} n’existe pas.",
    "{many:,} rows above the header are left out.": "{many:,} lignes omises au-dessus de l’en-tête.",
    "{field} is {value}": "{field} est {value}",
    "A person has no {field}.": "Une personne n’a pas ce champ : {field}.",
    "Occupation": "Profession",
    "It is none of the numbers of {country}.": "Ce n’est aucun numéro du pays {country}.",
    "The reason is: {reason}.": "Motif : {reason}.",
}


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch):
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    made = Catalog(locale="fr")
    for english, french in FRENCH.items():
        made.add(english, french)
    with path.open("wb") as file:
        write_mo(file, made)
    monkeypatch.setattr(stored_texts, "_CATALOGUES", tmp_path)
    monkeypatch.setattr(stored_texts, "gettext", lambda text: FRENCH.get(text, text))
    stored_texts._shapes.cache_clear()
    with override("fr"):
        yield
    stored_texts._shapes.cache_clear()


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("", ""),
        ("Leave the value out, or fill it in.", "Omettez la valeur, ou renseignez-la."),
        ("There is no month 13, is there?", "Le mois 13 n’existe pas."),
        ("1,204 rows above the header are left out.", "1,204 lignes omises au-dessus de l’en-tête."),
        ("A person has no occupation.", "Une personne n’a pas ce champ : profession."),
        (
            "There is no month 13, is there? Leave the value out, or fill it in.",
            "Le mois 13 n’existe pas. Omettez la valeur, ou renseignez-la.",
        ),
        (
            "A person has no occupation. There is no month 13, is there?",
            "Une personne n’a pas ce champ : profession. Le mois 13 n’existe pas.",
        ),
        ("The reason is: There is no month 13, is there?.", "Motif : Le mois 13 n’existe pas.."),
        ("It is none of the numbers of Germany.", "Ce n’est aucun numéro du pays Allemagne."),
        ("Something that nobody wrote is said here.", "Something that nobody wrote is said here."),
    ],
)
def test_stored_texts_are_told_in_the_readers_language(catalogue, stored: str, told: str):
    assert told_again(stored) == told


def test_english_readers_read_what_was_stored():
    with override("en"):
        assert told_again("There is no month 13, is there?") == "There is no month 13, is there?"
