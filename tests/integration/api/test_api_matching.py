"""Merge, split and judge by the interface: the same outcome as by page and command, taken back again."""

from customerfile.audit.models import AuditEntry, ReadEntry
from tests.integration.conftest import Import

ROWS = """id,name,email
1,Ada Berg,ada@example.org
2,Ada Berg,berg@example.org
3,Ada Berg,ada@example.org
"""


def _numbers(call) -> dict[str, str]:
    """Record -> number of its customer, through the explanation of pairs."""
    found = {}
    for other in ("shop/2", "shop/3"):
        told = call("POST", "/pairs/explain", {"left": "shop/1", "right": other}).json()
        found |= {
            f"{side['source']}/{side['key']}": side["customer"] for side in (told["one"], told["other"])
        }
    return found


def test_merge_then_withdraw_gives_back_what_was(bring: Import, call):
    bring(ROWS)
    before = _numbers(call)
    first, second = before["shop/1"], before["shop/2"]
    assert (before["shop/3"], first == second) == (first, False)
    done = call("POST", f"/customers/{first}/merge", {"others": [second], "note": "asked"}).json()
    (kept,) = done["customers"]
    assert (kept, done["waits"]) == (min(first, second), False)
    assert set(_numbers(call).values()) == {kept}
    whole = call("GET", f"/customers/{max(first, second)}").json()  # the number leads on
    assert whole["customer"]["summary"]["number"] == kept
    assert len(whole["customer"]["records"]) == 3
    (act,) = call("GET", f"/judgements?customer={kept}").json()
    assert (act["kind"], act["by"], act["note"]) == ("merge", "olive", "asked")
    assert call("DELETE", f"/judgements/{act['id']}").status_code == 200
    assert _numbers(call) == before
    assert AuditEntry.objects.filter(code="customers.customer.merged", by="olive").count() == 1
    assert ReadEntry.objects.filter(page="api customer", by="olive").count() == 1


def test_split_leaves_apart_and_a_judgement_joins_again(bring: Import, call):
    bring(ROWS)
    number = _numbers(call)["shop/1"]
    done = call("POST", f"/customers/{number}/split", {"records": ["shop/3"]}).json()
    assert (done["customers"][0], len(done["customers"])) == (number, 2)
    assert _numbers(call)["shop/3"] == done["customers"][1]
    judged = {"left": "shop/1", "right": "shop/3", "verdict": "match", "note": "same after all"}
    assert call("POST", "/judgements", judged).json()["customers"] == [number]
    assert call("GET", "/review").status_code == 200


def test_what_cannot_be_done_is_told(bring: Import, call):
    bring(ROWS)
    number = _numbers(call)["shop/1"]
    for path, body, status, kind in (
        (f"/customers/{number}/merge", {"others": [number]}, 409, "nothing-to-merge"),
        (f"/customers/{number}/merge", {"others": ["99999999"]}, 404, "unknown-customer"),
        (f"/customers/{number}/split", {"records": ["shop/9"]}, 404, "unknown-record"),
        (f"/customers/{number}/split", {"records": ["shop/2"]}, 409, "nothing-to-split"),
        ("/judgements", {"left": "shop/1", "right": "shop/1", "verdict": "match"}, 409, "nothing-to-judge"),
    ):
        answer = call("POST", path, body)
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (status, kind)
        assert answer.json()["remedy"]


def test_a_request_that_is_not_as_described_names_the_field_and_not_its_value(call):
    answer = call("POST", "/judgements", {"left": "shop/1", "right": "shop/2", "verdict": "secret maybe"})
    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["errors"]] == ["body.verdict"]
    assert "secret maybe" not in answer.text
    assert call("GET", "/judgements?limit=0").json()["errors"][0]["field"] == "limit"


def test_a_body_that_is_no_json_is_refused(call, client, token):
    headers = {"Authorization": f"Bearer {token()}"}
    answer = client.post("/api/v1/judgements", b"\xff{", content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
