"""The language of the pages: as chosen, else as the browser asks; dates, numbers and money as its country has them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import get_language, override

from customerfile.access.models import User
from customerfile.web import words
from customerfile.web.words import day_text, listed, money_text, month_text, number_text, time_text


def _title(client: Client, asked: str) -> tuple[str, str]:
    answer = client.get("/sign-in", headers={"Accept-Language": asked})
    return answer.headers["Content-Language"], "Se connecter" if "Se connecter" in answer.text else "Sign in"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ("en", "Sign in")),
        ("fr", ("fr", "Se connecter")),
        ("fr-CA,fr;q=0.9,en;q=0.8", ("fr-ca", "Se connecter")),
        ("de, en-US;q=0.7, fr;q=0.3", ("en-us", "Sign in")),
        ("de", ("en", "Sign in")),
        ("fr-XXXX-nonsense;q=9, *", ("en", "Sign in")),
        ("\x00" * 3, ("en", "Sign in")),
    ],
)
def test_who_is_not_signed_in_reads_what_the_browser_asks_for(
    client: Client, db, asked: str, expected: tuple[str, str]
):
    assert _title(client, asked) == expected


def test_a_choice_counts_for_its_person_and_before_the_browser(signed_in: Client):
    page = signed_in.post("/security/language", {"language": "fr"}, follow=True)
    assert ('<html lang="fr">' in page.text, "Langue des pages" in page.text) == (True, True)
    assert User.objects.get(username="olive").language == "fr"
    english = {"Accept-Language": "en-GB"}
    assert signed_in.get("/customers", headers=english).headers["Content-Language"] == "fr"
    assert (
        signed_in.get("/customers", headers={"Accept-Language": "en,fr-BE"}).headers["Content-Language"]
        == "fr-be"
    )

    page = signed_in.post("/security/language", {"language": "tlh"}, follow=True, headers=english)
    assert "Language of the pages" in page.text
    assert User.objects.get(username="olive").language == ""


def test_the_language_of_a_page_ends_with_it(client: Client, db):
    client.get("/sign-in", headers={"Accept-Language": "fr"})
    assert get_language() == "en"


def test_programs_are_answered_in_english(signed_in: Client):
    answer = signed_in.get("/api/v1/customers/000000000", headers={"Accept-Language": "fr"})
    assert (answer.headers["Content-Language"], answer.json()["title"]) == ("en", "No token")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ("3 May 2026", "May 2026", "Aug 2026", "17:30", "1,204", "€1,234.50", "1,234.50", "a, b and c"),
        ),
        (
            "en-us",
            (
                "May 3, 2026",
                "May 2026",
                "Aug 2026",
                "5:30 PM",
                "1,204",
                "€1,234.50",
                "1,234.50",
                "a, b, and c",
            ),
        ),
        (
            "fr",
            ("3 mai 2026", "mai 2026", "août 2026", "17:30", "1 204", "1 234,50 €", "1 234,50", "a, b et c"),
        ),
    ],
)
def test_dates_numbers_and_money_are_the_readers(language: str, expected: tuple[str, ...]):
    with override(language):
        written = (
            day_text(date(2026, 5, 3)),
            month_text(date(2026, 5, 3)),
            month_text(date(2026, 8, 3), is_short=True),
            time_text(time(17, 30)),
            number_text(1204),
            money_text(Decimal("1234.5"), "EUR"),
            money_text(Decimal("1234.5"), ""),
            listed(["a", "b", "c"]),
        )
    assert tuple(text.replace("\xa0", " ").replace("\u202f", " ") for text in written) == expected


def test_how_long_something_takes_is_told_in_words():
    assert [words.duration(seconds) for seconds in (0, 1, 40, 180, 7200)] == [
        "a moment",
        "1 second",
        "40 seconds",
        "3 minutes",
        "2 hours",
    ]
