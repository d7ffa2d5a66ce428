"""What is logged names lines of code and kinds of errors, and no value."""

import logging
import sys
from types import SimpleNamespace

from customerfile.config.logs import ValuelessFormatter

CANARY = "jane.canary@example.org"
FORMATTER = ValuelessFormatter("{levelname} {message}", style="{")


def logged(message: object, *arguments: object, **more: object) -> str:
    raised = more.pop("exc_info", None)
    record = logging.LogRecord("x", logging.ERROR, "", 0, message, arguments, raised)  # type: ignore[arg-type]
    vars(record).update(more)
    return FORMATTER.format(record)


def test_an_error_is_logged_with_its_kind_and_cause_and_without_its_words():
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as missing:
            raise ValueError(f"no {CANARY}") from missing
    except ValueError:
        told = logged("It failed", exc_info=sys.exc_info())

    assert CANARY not in told
    assert "builtins.KeyError" in told
    assert told.endswith("builtins.ValueError")
    assert "test_logs_without_values.py" in told


def test_a_request_is_logged_by_the_pattern_of_its_address():
    known = SimpleNamespace(method="GET", resolver_match=SimpleNamespace(route="records/<key>"))
    strange = SimpleNamespace(method="GET", resolver_match=None)

    assert logged("%s: %s", "Not Found", f"/records/{CANARY}", request=known, status_code=404) == (
        "ERROR 404: GET /records/<key>"
    )
    assert logged("%s", CANARY, request=strange) == "ERROR failed: GET an address that is not ours"


def test_an_error_as_the_message_is_logged_by_its_kind():
    assert logged(ValueError(CANARY)) == "ERROR builtins.ValueError"


def test_other_messages_stay_as_they_are():
    assert logged("sent %s", 3) == "ERROR sent 3"
