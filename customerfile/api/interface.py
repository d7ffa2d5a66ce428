"""The interface put together, version 1."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.operation import Operation

from customerfile.api import customers, judgements
from customerfile.api.problems import add_handlers


class Interface(NinjaAPI):
    """Names each operation by its own short name, for the clients that are made from the description."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Interface(
    title="Customerfile",
    version="1",
    description="Every call needs a token: `customerfile token add NAME --may PERMISSION`. Errors are problem details "
    "(RFC 9457) with a remedy.",
    urls_namespace="api-v1",
)
add_handlers(api)
api.add_router("/customers", customers.router)
api.add_router("", judgements.router)
