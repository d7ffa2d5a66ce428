"""Records: a batch of one source, created or updated by their keys there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.access.replies import KeyedCall, Reply
from customerfile.api.bearer import BearerToken, caller
from customerfile.api.bodies import RECORD, Body, Country, Currency, SourceKey, TimeZone
from customerfile.api.problems import answers
from customerfile.api.replying import done_once_by
from customerfile.embedded import home
from customerfile.intake.receiving import MOST_RECORDS, Received, RecordBatch, receive_once
from customerfile.sources.source_kinds import SourceKind

router = Router(tags=["records"])


class Records(Body):
    """Records of one source. Each has its `key` there and fields of the file definition; `kind` is person or
    organisation, `updated_at` when the source last changed it.

    A field takes a text, a number, an object with its parts, or a list of these where it may have several values.
    """

    source: SourceKey = Field(examples=["shop"])
    records: list[dict[str, Any]] = Field(
        min_length=1, max_length=MOST_RECORDS, examples=[[{"key": "17", **RECORD}]]
    )
    kind: SourceKind | None = Field(
        None, description="What the source's records are; customers where it is new."
    )
    country: Country = Field("", description="Home country of the source.")
    currency: Currency = Field("", description="Of amounts that name none.")
    time_zone: TimeZone = Field("", description="Of times that name none.")


@router.post("", auth=BearerToken(Permission.IMPORT), response=answers(Received))
@done_once_by(Received)
def upsert_records(
    request: HttpRequest, body: Records, keyed: KeyedCall | None, write: Callable[[Received], bytes]
) -> Reply:
    """Create or update records by source and key: one delivery, as if a file had been imported.

    Every record has its result, in order; one that is refused says why and does not stop the others. What came before
    with the same content is unchanged. When the answer is there, the records are on disk.
    """
    batch = RecordBatch(
        source=body.source,
        records=body.records,
        content=request.body,
        kind=body.kind,
        country=body.country.upper(),
        currency=body.currency.upper(),
        time_zone=body.time_zone,
    )
    return receive_once(batch, home=home(), by=caller(request), keyed=keyed, write=write)
