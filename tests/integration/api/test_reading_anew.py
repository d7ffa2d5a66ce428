"""Records are read with the definition that runs when they are written, whichever ran a moment ago."""

from customerfile.base.clock import now
from customerfile.definition.operations import apply_definition

SHOES = "packs: [retail]\nfields:\n  shoe_size: {label: Shoe size, type: number, purposes: [service]}\n"


def _outcome(call):
    body = {"source": "shop", "records": [{"key": "17", "given_name": "Rosa", "shoe_size": 38}]}
    (result,) = call("POST", "/records", body).json()["results"]
    return result["outcome"], [each["field"] for each in result["refused"]]


def test_a_field_is_taken_from_the_call_after_it_was_declared_on(call):
    assert _outcome(call) == ("rejected", ["shoe_size"])
    apply_definition(SHOES, file="mine.yaml", by="tests", at=now())
    assert _outcome(call) == ("created", [])
    apply_definition("packs: [retail]", file="mine.yaml", by="tests", at=now(), accept_loss=True)
    assert _outcome(call) == ("rejected", ["shoe_size"])
