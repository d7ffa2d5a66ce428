"""Every text of the pages can be translated, and has its French."""

import json

import pytest
from babel.messages.catalog import Message

from tools import translations
from tools.translatable_texts import untold
from tools.translations import CATALOGUE, COMPILED, current, written, wrong_with


@pytest.fixture(scope="module")
def catalogue():
    return current()


def test_no_text_stands_where_it_cannot_be_translated():
    assert [(each.path, each.text) for each in untold()] == []


def test_every_text_has_its_french(catalogue):
    left = [
        message.id
        for message in catalogue
        if message.id and not (all(message.string) if message.pluralizable else message.string)
    ]
    assert left == []


def test_catalogue_is_that_of_the_texts_as_they_are(catalogue):
    assert (CATALOGUE.read_bytes(), COMPILED.read_bytes()) == written(catalogue)


@pytest.mark.parametrize(
    ("english", "french", "is_right"),
    [
        ("At most {count:,} rows.", "{count:,} lignes au plus.", True),
        ("At most {count:,} rows.", "{nombre} lignes au plus.", False),
        ("%(name)s is <b>here</b>", "<b>%(name)s</b> est ici", True),
        ("%(name)s is <b>here</b>", "%(name)s est ici", False),
        (("{n} row", "{n} rows"), ("{n} ligne", "{n} lignes"), True),
        (("One row", "{n} rows"), ("Une ligne", "{n} lignes"), True),
        (("{n} row", "{n} rows"), ("{n} ligne", "lignes"), False),
        (("{n} row", "{n} rows"), "lignes", False),
    ],
)
def test_french_that_lost_a_value_or_a_tag_is_refused(english, french, is_right: bool):
    assert (wrong_with(Message(english), french) is None) is is_right


def test_french_is_asked_for_filled_in_and_taken(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUE", tmp_path / "django.po")
    monkeypatch.setattr(translations, "COMPILED", tmp_path / "django.mo")
    page = "customerfile/web/templates/404.html"

    assert translations.main(["missing", page]) == 1
    asked = json.loads(capsys.readouterr().out)
    assert asked == {"Not found": "", "There is no page at this address.": ""}

    filled = tmp_path / "filled.json"
    filled.write_text(json.dumps({"Not found": "Introuvable", "Nobody says this": "Rien"}))
    assert translations.main(["take", str(filled)]) == 1
    assert capsys.readouterr().out == "Not in the catalogue: Nobody says this\n"

    translations.main(["missing", page])
    assert json.loads(capsys.readouterr().out) == {"There is no page at this address.": ""}
    assert b"Introuvable" in (tmp_path / "django.mo").read_bytes()
