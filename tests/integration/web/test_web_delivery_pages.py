"""Deliveries, their reports and what they refused."""

import csv
import io

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customerfile.audit.models import AuditEntry
from customerfile.sources.staging import RejectedRow
from tests.factories.customer_files import deliver, person

SHORT_ROW = RejectedRow(
    7, "row", "The row has 11 cells, the header has 12.", "Quote the cell.", key="1007", text="=1+1,Ann"
)
BAD_DATE = RejectedRow(
    9, "value", "30 February is no date.", "Leave it empty.", field="birth_date", text="30/02/1981"
)


@pytest.fixture
def delivery(db) -> int:
    return deliver(
        "shop", [person("1", "Ada", "Bo"), person("2", "Cy", "Dee")], rejected=[SHORT_ROW, BAD_DATE]
    )


def test_no_delivery_yet_says_how_to_make_one(signed_in: Client):
    assert "No deliveries yet" in signed_in.get("/deliveries").text


def test_list_costs_the_same_for_one_and_three(signed_in: Client, delivery: int):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "shop.csv" in signed_in.get("/deliveries").text
        return len(captured)

    one = queries()
    deliver("crm", [person("1", "Ed", "Fox")])
    deliver("web", [person("1", "Gil", "Hay")])
    assert queries() == one == 7


def test_list_goes_on_with_older_deliveries(signed_in: Client, delivery: int, monkeypatch):
    monkeypatch.setattr("customerfile.web.deliveries._PER_PAGE", 1)
    deliver("crm", [person("1", "Ed", "Fox")])
    newest = signed_in.get("/deliveries")
    assert ("crm.csv" in newest.text, "shop.csv" in newest.text) == (True, False)
    assert "shop.csv" in signed_in.get("/deliveries", {"before": newest.context["older"]}).text


def test_report_counts_add_up(signed_in: Client, delivery: int):
    report = signed_in.get(f"/deliveries/{delivery}").context["report"]
    assert (report.rows, report.created, report.updated, report.unchanged, report.rejected) == (3, 2, 0, 0, 1)
    assert report.value_faults == 1


def test_report_names_line_reason_remedy_and_text(signed_in: Client, delivery: int):
    page = signed_in.get(f"/deliveries/{delivery}").text
    for words in (
        "The row has 11 cells",
        "Quote the cell.",
        "=1+1,Ann",
        "birth_date",
        "30/02/1981",
        "comma",
        "given_name",
    ):
        assert words in page


def test_rejects_are_paged(signed_in: Client, delivery: int, monkeypatch):
    monkeypatch.setattr("customerfile.web.deliveries._REJECTS_PER_PAGE", 1)
    first = signed_in.get(f"/deliveries/{delivery}")
    assert "30/02/1981" not in first.text
    assert "30/02/1981" in signed_in.get(f"/deliveries/{delivery}", {"after": first.context["next"]}).text


def test_rejects_as_csv_hold_everything_and_no_formula(signed_in: Client, delivery: int):
    answer = signed_in.get(f"/deliveries/{delivery}/rejects.csv")
    text = b"".join(answer).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["line", "scope", "key", "field", "reason", "remedy", "text"]
    assert [row[0] for row in rows] == ["7", "9"]
    assert rows[0][-1] == "'=1+1,Ann"
    assert f"rejects-{delivery}.csv" in answer["Content-Disposition"]


def test_rejects_as_csv_are_in_the_ledger_or_do_not_leave(signed_in: Client, delivery: int, monkeypatch):
    signed_in.get(f"/deliveries/{delivery}/rejects.csv")
    entry = AuditEntry.objects.get(code="sources.rejects.exported")
    assert (entry.subject, entry.detail["count"]) == (f"delivery:{delivery}", 2)

    def down(**_: object) -> None:
        raise OperationalError("the ledger is away")

    monkeypatch.setattr("customerfile.web.refusals.record", down)
    with pytest.raises(OperationalError):
        signed_in.get(f"/deliveries/{delivery}/rejects.csv")


@pytest.mark.parametrize("address", ["/deliveries/999999", "/deliveries/999999/rejects.csv"])
def test_unknown_delivery_is_not_found(signed_in: Client, address: str):
    assert signed_in.get(address).status_code == 404
