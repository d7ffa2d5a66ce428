"""What requests are made of: bodies that refuse fields they do not know, texts that can be stored, cursors, limits."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema
from pydantic import ConfigDict

Text = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Number = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z ]+$")]
Cursor = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Field(ge=1, le=1000)]


class Body(Schema):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid")
