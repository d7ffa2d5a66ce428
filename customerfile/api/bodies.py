"""What requests are made of: bodies that refuse fields they do not know, texts that can be stored, cursors, limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict

Text = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Number = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z ]*[0-9][0-9A-Za-z ]*$")]
Cursor = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Field(ge=1, le=1000)]

FieldKey = Annotated[str, Field(max_length=64, pattern=r"^[a-z][a-z0-9_]*$")]
SourceKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,62}$")]
Country = Annotated[str, Field(pattern=r"^([A-Za-z]{2})?$")]
Currency = Annotated[str, Field(pattern=r"^([A-Za-z]{3})?$")]
TimeZone = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+/-]*$")]

RECORD: Mapping[str, Any] = {  # an example
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


class Body(Schema):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid")
