"""Finds every page of a running server as a person would: by following what each page leads to."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, resolve

_LINKS = """
() => [...document.querySelectorAll("a[href]:not([download])")].map(link => new URL(link.href))
    .filter(address => address.origin === location.origin).map(address => address.pathname + address.search)
"""
_MOST = 300


def every_page(page: Any, *starts: str) -> Iterator[str]:
    """Open `starts`, and one page of every kind they lead to; gives the address of each when it is open.

    Two addresses are of one kind when one view answers both and they ask with parameters of the same names.
    """
    waiting, known = list(starts), {kind_of(each) for each in starts}
    for _ in range(_MOST):
        if not waiting:
            return
        address = waiting.pop(0)
        page.goto(address)
        yield address
        for link in page.evaluate(_LINKS):
            kind = kind_of(link)
            if kind not in known and not is_file(kind[0]):
                known.add(kind)
                waiting.append(link)
    raise RecursionError(f"more than {_MOST} kinds of pages: {waiting}")


def kind_of(address: str) -> tuple[str, frozenset[str]]:
    """The name of the view that answers, and what it is asked with."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    return name, frozenset(key for key, _ in parse_qsl(parts.query, keep_blank_values=True))


def said(address: str) -> str:
    """The kind of a page in words."""
    name, asked = kind_of(address)
    return " ".join((name, *sorted(asked)))


def is_file(name: str) -> bool:
    """Whether what answers is not a page but a file to keep, or is for programs."""
    return name.endswith("-csv") or name.startswith(("api", "/static"))
