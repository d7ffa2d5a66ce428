"""What a second person is to know of: shown on coming in, taken note of once by each."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry
from customerfile.audit.notices import notice_many_seen, notices_for
from customerfile.audit.operations import record, record_reads
from customerfile.base.clock import now

PASSWORD = "teapot lantern gravel"


@pytest.fixture(autouse=True)
def few(settings) -> None:
    settings.EXPORT_NOTICE_ABOVE, settings.READS_NOTICE_ABOVE = 100, 20


def _export(by: str, count: int) -> None:
    detail = {"count": count, "reason": "the yearly letter"}
    record(by=by, at=now(), code="customers.file.exported", subject="file:all.csv", detail=detail)


def _come_in(username: str = "olive", onward: str = "/customers") -> str:
    return Client().post("/sign-in", {"username": username, "password": PASSWORD, "next": onward})["Location"]


def test_who_comes_in_is_led_past_what_others_took_out(owner):
    _export("nora", 100)
    _export("olive", 5000)
    assert _come_in() == "/customers"
    _export("nora", 101)
    assert _come_in() == f"{reverse('notices')}?next=%2Fcustomers"


def test_each_takes_note_once_and_it_is_in_the_ledger(signed_in: Client, owner):
    _export("nora", 5000)
    page = signed_in.get("/notices?next=/customers").text
    assert "Exported the customers (5,000 rows, reason: the yearly letter)" in page
    (notice,) = notices_for("olive", at=now())
    assert signed_in.post(reverse("take-note", args=(notice.entry,))).status_code == 302
    assert "Nothing that you have not" in signed_in.get("/notices").text
    assert AuditEntry.objects.get(code="audit.notice.acknowledged").by == "olive"
    assert len(notices_for("ben", at=now())) == 1
    signed_in.post(reverse("take-note", args=(notice.entry,)))
    signed_in.post(reverse("take-note", args=(10**12,)))
    assert AuditEntry.objects.filter(code="audit.notice.acknowledged").count() == 1
    assert notices_for("ben", at=now() + timedelta(days=91)) == ()


def test_who_does_not_read_the_ledger_is_told_nothing(db):
    nora = add_user("nora", role="steward", by="tests", at=now())
    nora.set_password(PASSWORD)
    nora.save()
    _export("ben", 5000)
    assert _come_in("nora") == "/customers"
    browser = Client()
    browser.force_login(nora)
    assert browser.get("/notices").status_code == 403
    assert browser.post("/notices/1").status_code == 403


def test_many_seen_one_by_one_raise_the_same_notice(owner):
    for customer in range(20):
        record_reads(by="nora", at=now(), page="customer", customer_ids=[customer])
    record_reads(by="nora", at=now(), page="customer", customer_ids=[1, 2, 3])
    record_reads(by="nora", at=now() - timedelta(hours=2), page="customer", customer_ids=[77])
    assert notice_many_seen(at=now()) == 0
    record_reads(by="nora", at=now(), page="customer", customer_ids=[20])
    assert (notice_many_seen(at=now()), notice_many_seen(at=now())) == (1, 0)
    (notice,) = notices_for("olive", at=now())
    assert notice.words == "Saw very many customers within an hour (21 customers)"
    assert (notice.by, notice.detail["pages"]) == ("nora", 22)
    assert notices_for("nora", at=now()) == ()
    assert _come_in() != "/customers"


def test_the_next_hour_raises_it_anew(db):
    later = now() + timedelta(hours=2)
    for at in (now(), later):
        record_reads(by="nora", at=at, page="customers", customer_ids=list(range(30)))
        assert notice_many_seen(at=at + timedelta(seconds=1)) == 1
