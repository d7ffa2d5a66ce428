"""What pages weigh on their way to a browser, and what it may keep of them."""

import gzip
import re

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client

pytestmark = pytest.mark.django_db
TAKES_GZIP = {"headers": {"Accept-Encoding": "gzip, br"}}


def test_page_comes_compressed_and_is_not_kept(signed_in: Client):
    plain, small = signed_in.get("/customers"), signed_in.get("/customers", **TAKES_GZIP)
    assert (plain.headers.get("Content-Encoding"), small.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(small.content).startswith(b"<!doctype html>")
    assert small.headers["Cache-Control"] == "no-store"


def test_answer_of_the_interface_keeps_its_etag(signed_in: Client):
    answer = signed_in.get("/api/v1/openapi.json", **TAKES_GZIP)
    assert "Content-Encoding" not in answer.headers


def test_address_of_a_style_sheet_changes_with_it_and_may_be_kept(signed_in: Client):
    page = signed_in.get("/customers").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert [each for each in addresses if not re.search(r"\?v=[0-9a-f]{12}(#|$)", each)] == []
    sheet = next(each for each in addresses if each.startswith("/static/customerfile.css"))
    answer = signed_in.get(sheet, **TAKES_GZIP)
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    body = gzip.decompress(b"".join(answer))
    with open(find("customerfile.css"), "rb") as file:
        assert body == file.read()


def test_first_page_weighs_less_than_300_kilobytes_and_the_next_less_than_60(signed_in: Client):
    page = signed_in.get("/customers", **TAKES_GZIP)
    text = gzip.decompress(page.content).decode()
    loaded = {each.partition("#")[0] for each in re.findall(r'(?:href|src)="(/static/[^"]+)"', text)}
    weights = {each: len(b"".join(signed_in.get(each, **TAKES_GZIP))) for each in loaded}
    assert sum(weights.values()) + len(page.content) < 300_000
    assert len(page.content) < 60_000
