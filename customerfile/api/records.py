"""Records: a batch of one source, created or updated by their keys there."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller
from customerfile.api.bodies import Body
from customerfile.api.problems import answers
from customerfile.api.replying import done_once
from customerfile.embedded import home
from customerfile.intake.receiving import MOST_RECORDS, Received, RecordBatch, receive_records
from customerfile.sources.source_kinds import SourceKind

router = Router(tags=["records"])

_EXAMPLE = {
    "key": "17",
    "given_name": "Rosa",
    "family_name": "Lindner",
    "birth_date": "1980-02-29",
    "email": [{"value": "rosa@example.org", "use": "work"}],
    "address": {
        "street": "Lindenweg",
        "house_number": "4",
        "postcode": "10115",
        "city": "Berlin",
        "country": "DE",
    },
}


class Records(Body):
    """Records of one source. Each has its `key` there and fields of the file definition; `kind` is person or
    organisation, `updated_at` when the source last changed it.

    A field takes a text, a number, an object with its parts, or a list of these where it may have several values.
    """

    source: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,62}$", examples=["shop"])
    records: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_RECORDS, examples=[[_EXAMPLE]])
    kind: SourceKind | None = Field(
        None, description="What the source's records are; customers where it is new."
    )
    country: Annotated[str, Field(pattern=r"^([A-Za-z]{2})?$")] = Field(
        "", description="Home country of the source."
    )
    currency: Annotated[str, Field(pattern=r"^([A-Za-z]{3})?$")] = Field(
        "", description="Of amounts that name none."
    )
    time_zone: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+/-]*$")] = Field(
        "", description="Of times that name none."
    )


@router.post("", auth=BearerToken(Permission.IMPORT), response=answers(Received))
@done_once
def upsert_records(request: HttpRequest, body: Records) -> Received:
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
    return receive_records(batch, home=home(), by=caller(request))
