"""People whose every value is an attempt to run script or to change the page, from a source that is no better.

They are staged as they are, past everything that would refuse them: what a page shows has to be harmless by itself.
"""

from datetime import timedelta
from itertools import pairwise
from typing import Any

# Each leaves a trace where it is taken for markup or script: an element x-ran, an attribute data-ran, or window.ran.
CORPUS = (
    "<script>window.ran=1</script>",
    "<x-ran>",
    "<img src=x onerror=window.ran=1>",
    "<svg/onload=window.ran=1>",
    "<svg><script>window.ran=1</script></svg>",
    '"><x-ran data-ran=1>',
    "'><x-ran data-ran=1>",
    '" onfocus=window.ran=1 autofocus data-ran="',
    "' onmouseover=window.ran=1 data-ran='",
    "` onload=window.ran=1 data-ran=`",
    "</title><x-ran>",
    "</textarea><x-ran>",
    "</select></option><x-ran>",
    "</script><script>window.ran=1</script>",
    "--><x-ran>",
    "]]><x-ran>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<details open ontoggle=window.ran=1 data-ran=1>",
    "<base href=//example.org/><x-ran>",
    "<meta http-equiv=refresh content='0;url=/nowhere'>",
    "<div hx-get=/nowhere hx-trigger=load data-ran=1></div>",
    "<div data-hx-on:htmx:load=window.ran=1 data-ran=1></div>",
    "javascript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "{{7*7}}{% load x %}${window.ran=1}",
    "&lt;x-ran&gt;&#60;x-ran&#62;",
    "\\u003cx-ran\\u003e\\x3cx-ran\\x3e",
    '=HYPERLINK("javascript:window.ran=1")',
    "\u202e<x-ran>\u2066",
    "<x-ran style=position:fixed;inset:0>",
)
_NO_TEXT = {"date", "birth_date", "instant", "money", "number", "integer", "boolean"}
_PARTS = ("line", "street", "house_number", "unit", "city", "region", "postcode", "country", "use")


def fill() -> None:
    """One customer for each attempt, all in one household of shared numbers, with purchases, notes and refusals."""
    from customerfile.access.operations import ensure_owner
    from customerfile.access.permissions import Permission
    from customerfile.access.tokens import issue_token
    from customerfile.base.clock import now
    from customerfile.base.ids import RecordId
    from customerfile.customers.judging.judging import judge_pair
    from customerfile.customers.resolution.verdicts import Verdict
    from customerfile.quality.measuring import measure_quality
    from customerfile.sources.models import Record
    from customerfile.sources.staging import RejectedRow
    from tests.factories.customer_files import MORNING, Row, buy, deliver, note

    people = [Row(text, _said(text), {text: text}) for text in CORPUS]
    refused = [
        RejectedRow(number, "row", text, text, text=text) for number, text in enumerate(CORPUS, start=2)
    ]
    deliver("shop", people, rejected=refused)
    deliver("desk", people, at=MORNING + timedelta(days=1))
    for number, text in enumerate(CORPUS):
        buy("shop", text, number=number, at=MORNING + timedelta(days=number), product=text)
        note("shop", text, number=number, at=MORNING + timedelta(days=number), text=text)
    owner = ensure_owner(username="olive", by="tests", at=now()).username
    records = dict(Record.objects.filter(source__key="shop").values_list("key", "id"))
    for one, other in pairwise(CORPUS):
        left, right = RecordId(records[one]), RecordId(records[other])
        judge_pair(left, right, verdict=Verdict.NOT_A_MATCH, by=owner, at=now(), note=one)
    look, life = [Permission.SEE_CUSTOMERS], timedelta(days=1)
    for text in CORPUS:
        issue_token(text[:60], username=owner, permissions=look, life=life, by=owner, at=now())
    measure_quality(by="tests", at=now())


def _said(text: str) -> dict[str, Any]:
    """Every field that takes text says it."""
    from customerfile.definition.queries import current_definition
    from customerfile.definition.schema import PrivacyClass

    said: dict[str, Any] = {"kind": "person"}
    for field in current_definition().fields:
        if field.type in _NO_TEXT or field.privacy in (PrivacyClass.SEALED, PrivacyClass.FORBIDDEN):
            continue
        if field.type == "address":
            value: Any = dict.fromkeys(_PARTS, text)
        else:
            value = {"value": text, "use": text, "scheme": text} if field.multiple else text
        said[field.key] = [value] if field.multiple else value
    return said
