"""The interface is held to its own description: whatever is sent, the answer is as described, and never a failure."""

from itertools import count

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.config import SchemathesisConfig

from customerfile.api.interface import api
from customerfile.config.wsgi import application
from tests.integration.conftest import Import

pytestmark = pytest.mark.slow
ROWS = "id,name,email\n1,Ada Berg,ada@example.org\n2,Ada Berg,berg@example.org\n"

_ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "429", "5xx"]  # 412: a tag that was never given


def _description():
    config = SchemathesisConfig.from_dict(
        {
            "base-url": "http://localhost",
            "generation": {"with-security-parameters": False},
            "checks": {"positive_data_acceptance": {"expected-statuses": _ACCEPTED}},
        }
    )
    found = schemathesis.openapi.from_dict(api.get_openapi_schema(), config=config)
    found.app = application
    return found


DESCRIPTION = _description()
OPERATIONS = [found.ok() for found in DESCRIPTION.get_all_operations()]
RIGHT, WRONG = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
TAKING = [each for each in OPERATIONS if each.definition.raw.get("parameters") or each.body]
CALLS = [*((each, RIGHT) for each in OPERATIONS), *((each, WRONG) for each in TAKING)]


@pytest.fixture(autouse=True)
def _one_connection():
    """A request that ends must not close the connection of the test, in whose transaction all of it happens."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    ("operation", "mode"), CALLS, ids=lambda each: getattr(each, "label", None) or each.value
)
def test_answers_are_as_described(bring: Import, token, operation, mode):
    bring(ROWS)
    calls = count()
    headers = {"Authorization": f"Bearer {token()}"}

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case):
        if mode is RIGHT and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"call-{next(calls)}"  # a key that comes again is another test
        case.call_and_validate(headers=headers)

    holds()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_operation_is_described_with_its_errors_and_its_token(operation):
    raw = operation.definition.raw
    assert raw["security"] == [{"BearerToken": []}]
    assert {"400", "401", "403", "404", "409", "413", "422", "429", "500", "503"} < raw["responses"].keys()
    assert list(raw["responses"]["422"]["content"]) == ["application/problem+json"]
    assert raw["description"]
