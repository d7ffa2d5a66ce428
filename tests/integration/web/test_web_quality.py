"""The pages of data quality: figures, the customers behind them, who may look, and what is written down."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from customerfile.access.users import add_user, limit_to_branches
from customerfile.audit.models import AuditEntry, ReadEntry
from customerfile.base.clock import now
from customerfile.customers.models import BlockKey, CommonValue, Confirmation, Customer, Link
from customerfile.quality.asking import measure_what_is_wanted
from customerfile.quality.errors import BeingMeasured
from customerfile.quality.measuring import measure_quality
from customerfile.quality.models import QualityFigure, QualityRun
from tests.factories.customer_files import deliver, person

AT = now()


def _bring() -> None:
    deliver(
        "shop",
        [
            person("A", "Ada", "Arnold", email="ada@example.org"),
            person("B", "Bea", "Brand", phone="+442079460000"),
        ],
        at=AT - timedelta(days=400),
    )
    deliver("till", [person("C", "Cem", "Cole", phone="+442079460000")], at=AT - timedelta(days=3))


def _number(field: str, measure: str, source: str = "") -> int:
    run = QualityRun.objects.latest("pk")
    return QualityFigure.objects.get(run=run, source=source, field=field, measure=measure).pk


def test_before_the_first_measurement_the_page_offers_one(signed_in: Client):
    assert "Nothing was measured yet" in signed_in.get("/quality").text


def test_empty_file_says_that_there_is_nobody(signed_in: Client):
    measure_quality(by="olive", at=AT)
    assert "There are no customers to measure" in signed_in.get("/quality").text


def test_figures_stand_worst_first_and_lead_to_customers(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT)
    page = signed_in.get("/quality").text
    assert page.index('<span class="mono">email</span>') < page.index('<span class="mono">given_name</span>')
    assert f'href="/quality/figures/{_number("email", "completeness")}">33.3 %</a>' in page
    assert "Fields that nobody fills" in page
    assert "Nationality" in page


def test_measuring_is_asked_for_and_done_beside_the_page(signed_in: Client):
    _bring()
    page = signed_in.post("/quality/measure", follow=True).text
    assert ("The file is being measured, for olive" in page, "Measure now" in page) == (True, False)
    assert not QualityRun.objects.exists()
    assert "is being measured" in signed_in.get("/quality", headers={"HX-Request": "true"}).text
    signed_in.post("/quality/measure")
    assert measure_what_is_wanted()
    assert QualityRun.objects.get().by == "olive"
    assert signed_in.get("/quality", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Measure now" in signed_in.get("/quality").text
    assert not measure_what_is_wanted()


def test_a_measurement_that_is_broken_off_again_and_again_is_given_up(signed_in: Client, monkeypatch):
    def broken(**_: object) -> None:
        raise OperationalError("canceled")

    signed_in.post("/quality/measure")
    monkeypatch.setattr("customerfile.quality.asking.measure_quality", broken)
    for _ in range(3):
        with pytest.raises(OperationalError):
            measure_what_is_wanted()
    QualityRun.objects.create(
        measured_at=now(), by="x", customers=0, records=0, customers_measured=0, records_measured=0
    )
    assert not measure_what_is_wanted()
    page = signed_in.get("/quality").text
    assert ("could not be measured" in page, "Measure now" in page) == (True, True)


def test_a_measurement_by_somebody_else_at_the_same_time_is_no_attempt(signed_in: Client, monkeypatch):
    def being_measured(**_: object) -> None:
        raise BeingMeasured("Measured by somebody else.")

    signed_in.post("/quality/measure")
    with monkeypatch.context() as busy:
        busy.setattr("customerfile.quality.asking.measure_quality", being_measured)
        assert [measure_what_is_wanted() for _ in range(5)] == [False] * 5
    assert measure_what_is_wanted()
    assert QualityRun.objects.get().by == "olive"


def test_customers_behind_a_figure_are_listed_and_the_look_is_written_down(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT)
    page = signed_in.get(f"/quality/figures/{_number('email', 'completeness')}").text
    assert ("Bea Brand" in page, "Cem Cole" in page, "Ada Arnold" in page) == (True, True, False)
    entry = ReadEntry.objects.get(page="quality-figure")
    assert len(entry.customer_ids) == 2


def test_those_behind_a_figure_can_be_selected(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT)
    address = f"/quality/figures/{_number('email', 'completeness')}"
    bea, cem = (Customer.objects.get(display_name=name).pk for name in ("Bea Brand", "Cem Cole"))
    sent = {"do": "page", "shown": f"{bea},{cem}", "back": address}
    assert signed_in.post("/customer-list/selection", sent).headers["Location"] == address
    page = signed_in.get(address).text
    assert ("2 selected" in page, page.count(" checked")) == (True, 2)
    assert "of 2 selected customers" in signed_in.get("/customer-list/change").text


def test_who_is_confirmed_leaves_the_work_list_until_that_is_taken_back(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT)
    address = f"/quality/figures/{_number('', 'unconfirmed')}"
    page = signed_in.get(address).text
    assert ("Bea Brand" in page, "Still right today" in page) == (True, True)
    bea, ada = (Customer.objects.get(display_name=name) for name in ("Bea Brand", "Ada Arnold"))
    sent = {
        "do": "confirm",
        "shown": f"{bea.pk},{ada.pk}",
        "chosen": bea.pk,
        "confirms": "1",
        "back": address,
    }
    assert signed_in.post("/customer-list/selection", sent).headers["Location"] == "/customer-list/confirm"
    asked = signed_in.get("/customer-list/confirm").text
    assert ("Bea Brand" in asked, "Ada Arnold" in asked, "Confirm 1 customer" in asked) == (True, False, True)
    mark = re.findall(r'name="mark" value="(\w+)"', asked)[0]
    leads = signed_in.post("/customer-list/confirm", {"mark": mark, "note": "by phone"}).headers["Location"]
    assert "Confirm what is on file" in signed_in.get(leads).text
    page = signed_in.get(address).text
    assert ("Bea Brand" in page, "Ada Arnold" in page) == (False, True)
    assert Customer.objects.get(pk=bea.pk).changed_at == bea.changed_at
    assert _unconfirmed() == 1
    entry = AuditEntry.objects.get(code="customers.customer.confirmed")
    assert entry.detail == {"customers": [bea.number]}
    signed_in.post(f"{leads}/undo")
    assert (Confirmation.objects.count(), _unconfirmed()) == (0, 2)


def _unconfirmed() -> int:
    run = measure_quality(by="olive", at=now())
    return QualityFigure.objects.get(run=run, measure="unconfirmed").affected


def test_who_is_heard_of_leaves_the_work_list_at_once(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT)
    address = f"/quality/figures/{_number('', 'unconfirmed')}"
    assert "Bea Brand" in signed_in.get(address).text
    deliver("shop", [person("B", "Bea", "Brand", email="bea@example.org")], at=AT)
    page = signed_in.get(address).text
    assert ("Bea Brand" in page, "Ada Arnold" in page) == (False, True)


def test_one_source_is_shown_by_its_fields(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT)
    page = signed_in.get("/quality?source=till").text
    assert "Fields that" in page
    assert f"/quality/figures/{_number('phone', 'completeness', 'shop')}" not in page
    assert signed_in.get("/quality?source=nowhere").status_code == 404


@pytest.mark.parametrize("order", ["completeness", "validity", "duplication", "age", "nonsense"])
def test_every_order_is_a_page(signed_in: Client, order: str):
    _bring()
    measure_quality(by="olive", at=AT)
    assert signed_in.get(f"/quality?order={order}").status_code == 200


def test_line_over_time_begins_on_the_second_day(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT - timedelta(days=2))
    assert "<polyline" not in signed_in.get("/quality").text
    measure_quality(by="olive", at=AT)
    page = signed_in.get("/quality").text
    assert "<polyline" in page
    assert "style=" not in page.split("<main")[1]


def test_figures_of_an_earlier_measurement_lead_nowhere(signed_in: Client):
    _bring()
    measure_quality(by="olive", at=AT - timedelta(days=2))
    earlier = _number("email", "completeness")
    measure_quality(by="olive", at=AT)
    assert signed_in.get(f"/quality/figures/{earlier}").status_code == 404


def test_value_too_common_to_compare_leads_to_its_customers(signed_in: Client):
    _bring()
    record = Link.objects.get(customer__display_name="Bea Brand").record_id
    BlockKey.objects.create(key=77, record_id=record)
    CommonValue.objects.create(key=77, rule="phone", value="+442079460000", since=AT)
    measure_quality(by="olive", at=AT)
    page = signed_in.get("/quality").text
    assert "+442079460000" in page
    behind = signed_in.get("/quality/common-values/0").text
    assert ("Bea Brand" in behind, "Cem Cole" in behind) == (True, False)
    assert signed_in.get("/quality/common-values/1").status_code == 404


def test_who_sees_a_part_of_the_file_sees_no_figures(client: Client, owner):
    _bring()
    measure_quality(by="olive", at=AT)
    lena = add_user("lena", role="read-only", by="olive", at=AT)
    limit_to_branches("lena", branches=["Leeds"], by="olive", at=AT)
    client.force_login(lena)
    for address in (
        "/quality",
        f"/quality/figures/{_number('email', 'completeness')}",
        "/quality/common-values/0",
    ):
        assert client.get(address).status_code == 403
    assert client.post("/quality/measure").status_code == 403
    assert "/quality" not in client.get("/").text


def test_page_costs_the_same_whatever_it_finds(signed_in: Client, django_assert_max_num_queries):
    _bring()
    measure_quality(by="olive", at=AT)
    with django_assert_max_num_queries(14):
        signed_in.get("/quality")
