"""The flag of a list on a customer's page, and what a person says of it there."""

import pytest
from django.test import Client

from customerfile.customers.models import Customer, WatchHit
from customerfile.sources.operations import ensure_source
from customerfile.sources.source_kinds import SourceKind
from tests.factories.customer_files import MORNING, deliver, person

PETRA = {"phone": "+493023125777", "born": "1971-01-09"}


@pytest.fixture
def petra(db) -> str:
    """The page of Petra, who looks like somebody on a watch list."""
    ensure_source("sanctions", country="", by="ann", at=MORNING, kind=SourceKind.WATCH_LIST)
    deliver("sanctions", [person("L1", "Petra", "Lehmann", **PETRA)])
    deliver("shop", [person("1", "Petra", "Lehmann", **PETRA)])
    return f"/customers/{Customer.objects.get().number}"


def test_the_flag_says_who_and_why(signed_in: Client, petra: str):
    page = signed_in.get(petra).text

    assert ("Looks like somebody on Sanctions" in page, "sanctions/L1" in page) == (True, True)
    assert "same phone number" in page.lower()


def test_it_is_confirmed_and_dismissed(signed_in: Client, petra: str):
    form = f"{petra}/hits/{WatchHit.objects.get().pk}"

    page = signed_in.post(form, {"state": "confirmed"}, follow=True).text
    assert ("Is on Sanctions" in page, "confirmed by olive" in page) == (True, True)
    page = signed_in.post(form, {"state": "dismissed"}, follow=True).text
    assert ("The flag is gone" in page, "sanctions/L1" in page) == (True, False)


def test_what_means_nothing_changes_nothing(signed_in: Client, petra: str):
    form = f"{petra}/hits/{WatchHit.objects.get().pk}"

    assert "Say whether" in signed_in.post(form, {"state": "open"}, follow=True).text
    assert signed_in.post(f"{petra}/hits/99999", {"state": "confirmed"}).status_code == 404
    assert signed_in.get(form).status_code == 405
    assert WatchHit.objects.get().state == "open"


def test_it_needs_somebody_signed_in(client: Client, petra: str):
    assert client.post(f"{petra}/hits/{WatchHit.objects.get().pk}", {"state": "confirmed"}).status_code == 302
    assert WatchHit.objects.get().state == "open"
