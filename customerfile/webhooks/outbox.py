"""The outbox: what happened is written down in the very transaction that made it happen, if anybody is to be told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import orjson

from customerfile.base.database import statement
from customerfile.webhooks.messages import OF_CUSTOMERS, Item, MessageType


class Executes(Protocol):
    """A cursor in the caller's transaction, of either kind."""

    def execute(self, query: str, params: Mapping[str, Any], /) -> object: ...


def put_in_outbox(cursor: Executes, type_: MessageType, items: Sequence[Item], *, at: datetime) -> None:
    """Note what happened, as one row however much it is. Costs one statement; nothing is written where nobody listens.

    An item about a customer has its `number`; of a split also those `split_off`, of a merge those `merged`.
    """
    if not items:
        return
    heard_by = OF_CUSTOMERS if type_ in OF_CUSTOMERS else (type_,)
    cursor.execute(
        statement(__package__, "put_in_outbox"),
        {
            "type": type_.value,
            "at": at,
            "items": orjson.dumps(items).decode(),
            "heard_by": [each.value for each in heard_by],
        },
    )
