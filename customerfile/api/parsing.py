"""Reads the body of a request: JSON in UTF-8, whose numbers keep the digits they are written with."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)


class StrictParser(Parser):
    """As the framework's own, but without NaN and Infinity, which are no JSON, and without binary floats."""

    def parse_body(self, request: HttpRequest) -> Any:
        return _DECODER.decode(request.body.decode("utf-8"))
