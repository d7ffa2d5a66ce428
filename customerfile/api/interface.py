"""The interface put together, version 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from customerfile.api import customers, definition, deliveries, events, judgements, notes, records, webhooks
from customerfile.api.bearer import BearerToken
from customerfile.api.conditions import takes_if_match
from customerfile.api.describing import Headers, complete
from customerfile.api.parameters import parameters_of
from customerfile.api.parsing import StrictParser
from customerfile.api.problems import add_handlers
from customerfile.api.replying import is_done_once, is_tagged
from customerfile.api.webhook_messages import described_messages


class Interface(NinjaAPI):
    """Names each operation by its own short name, for the clients that are made from the description."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        views = [operation.view_func for _, operation in self.operations()]
        found["webhooks"] = described_messages()
        return complete(found, {view.__name__: _headers(view) for view in views})

    def operations(self) -> Iterator[tuple[str, Operation]]:
        """Every operation, with its path below the interface's own."""
        for prefix, router in self._routers:
            for path, view in router.path_operations.items():
                for operation in view.operations:
                    yield prefix + path, operation


def _headers(view: Callable[..., object]) -> Headers:
    return Headers(once=is_done_once(view), if_match=takes_if_match(view), tagged=is_tagged(view))


api = Interface(
    title="Customerfile",
    version="1",
    description="Every call needs a token: `customerfile token add NAME --may PERMISSION`. Errors are problem details "
    "(RFC 9457) with a remedy.",
    urls_namespace="api-v1",
    parser=StrictParser(),
)
add_handlers(api)
api.add_router("/customers", customers.router)
api.add_router("/customers", notes.router)
api.add_router("/records", records.router)
api.add_router("/events", events.router)
api.add_router("/deliveries", deliveries.router)
api.add_router("/definition", definition.router)
api.add_router("/webhooks", webhooks.router)
api.add_router("", judgements.router)
for _, _operation in api.operations():
    for _auth in _operation.auth_callbacks:
        if isinstance(_auth, BearerToken):
            _auth.parameters = parameters_of(_operation)
