"""Holds every address to its declaration: what says nothing of who may use it keeps the server from starting."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver

from customerfile.api.bearer import BearerToken
from customerfile.api.interface import api
from customerfile.web.permissions import declared


def require_declarations(patterns: Sequence[URLPattern | URLResolver]) -> None:
    """Raises ImproperlyConfigured, naming the addresses that declare nothing."""
    silent = [*_silent_pages(patterns), *_silent_endpoints()]
    if silent:
        raise ImproperlyConfigured(f"These say nothing of who may use them: {', '.join(silent)}.")


def _silent_pages(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            if declared(entry.callback) is None:
                yield str(entry.pattern)
        elif not entry.namespace:  # an interface, whose endpoints are held to theirs
            yield from _silent_pages(entry.url_patterns)


def _silent_endpoints() -> Iterator[str]:
    for path, operation in api.operations():
        if not _is_let_in_by_token(operation.auth_callbacks):
            yield path


def _is_let_in_by_token(callbacks: Sequence[object]) -> bool:
    return len(callbacks) == 1 and isinstance(callbacks[0], BearerToken)
