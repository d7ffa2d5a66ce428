import pytest

from customerfile.values.kinds import display, standardise
from customerfile.values.organisations import ONLY_A_FORM, looks_like_organisation
from customerfile.values.outcome import Accepted, Context


@pytest.mark.parametrize(
    ("raw", "name", "form"),
    [
        ("Acme Ltd", "Acme", "Ltd"),
        ("ACME LIMITED", "ACME", "Ltd"),
        ("Acme Trading Co., Ltd.", "Acme Trading", "Co Ltd"),
        ("Acme Holdings, Inc.", "Acme Holdings", "Inc"),
        ("Acme L.L.C.", "Acme", "LLC"),
        ("Muster GmbH & Co. KG", "Muster", "GmbH & Co KG"),
        ("Muster GmbH", "Muster", "GmbH"),
        ("Muster AG", "Muster", "AG"),
        ("SARL Dupont", "Dupont", "SARL"),
        ("Dupont S.à r.l.", "Dupont", "SARL"),
        ("Exemple S.A.", "Exemple", "SA"),
        ("Exemple SAS", "Exemple", "SAS"),
        ("Ejemplo, S.L.", "Ejemplo", "SL"),
        ("Ejemplo S.A. de C.V.", "Ejemplo", "SA de CV"),
        ("Esempio S.p.A.", "Esempio", "SpA"),
        ("Esempio s.r.l.", "Esempio", "SRL"),
        ("Voorbeeld B.V.", "Voorbeeld", "BV"),
        ("Voorbeeld N.V.", "Voorbeeld", "NV"),
        ("Příklad s.r.o.", "Příklad", "s.r.o."),
        ("Przykład Sp. z o.o.", "Przykład", "Sp. z o.o."),
        ("Esimerkki Oy", "Esimerkki", "Oy"),
        ("Exempel AB", "Exempel", "AB"),
        ("Eksempel A/S", "Eksempel", "AS"),
        ("Sample Pty Ltd", "Sample", "Pty Ltd"),
        ("Sample plc", "Sample", "PLC"),
        ("株式会社 見本", "見本", "KK"),
        ("ООО Ромашка", "Ромашка", "ООО"),
    ],
)
def test_legal_forms(raw: str, name: str, form: str) -> None:
    expected = {"organisation_name": name, "legal_form": form}
    assert standardise("organisation_name", raw, Context()) == Accepted(expected)


@pytest.mark.parametrize(
    "raw", ["Acme", "The Corner Shop", "Casa as usual", "Lemon ab", "Mosaic Co-operative Arts"]
)
def test_names_without_a_legal_form(raw: str) -> None:
    assert standardise("organisation_name", raw, Context()) == Accepted({"organisation_name": raw})


def test_a_form_alone_is_no_name() -> None:
    assert standardise("organisation_name", "GmbH", Context()) == ONLY_A_FORM


def test_name_and_form_delivered_apart() -> None:
    raw = {"organisation_name": "Acme", "legal_form": "limited"}
    expected = Accepted({"organisation_name": "Acme", "legal_form": "Ltd"})
    assert standardise("organisation_name", raw, Context()) == expected
    assert display("organisation_name", expected.value) == "Acme Ltd"


@pytest.mark.parametrize(
    "raw", ["Acme Ltd", "University of Leeds", "First Community Bank", "The Red Lion Inn", "Dupont SARL"]
)
def test_looks_like_an_organisation(raw: str) -> None:
    assert looks_like_organisation(raw)


@pytest.mark.parametrize(
    "raw",
    ["John Smith", "Charlotte Church", "Tom Banks", "Ann Market", "Maria de la Cruz", "Li Co", "", "12"],
)
def test_looks_like_a_person(raw: str) -> None:
    assert not looks_like_organisation(raw)
