"""Who reads: in which language, and how dates, numbers and money are written there."""

from collections.abc import Callable, Iterator

from babel import Locale, UnknownLocaleError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.utils.translation.trans_real import parse_accept_lang_header

from customerfile.access.models import User

LANGUAGES = {"en": "English", "fr": "Français"}
ENGLISH = "en"
_INTERFACE = "/api/"
_USUAL = "en-gb"  # where a reader says "English" and not which


def reader_locale() -> Locale:
    """How the reader writes dates, numbers and money."""
    language = get_language() or ENGLISH
    return Locale.parse(_USUAL if language == ENGLISH else language, sep="-")


class ReaderLanguageMiddleware:
    """Pages come in the language that the reader chose, else in the first of ours that the browser asks for.

    The interface for programs speaks English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = ENGLISH if request.path.startswith(_INTERFACE) else language_of(request)
        with override(language):
            response = self._get_response(request)
        response.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response


def language_of(request: HttpRequest) -> str:
    """The language of who asks, with the country where the browser names one: "fr", "en-us"."""
    chosen = request.user.language if isinstance(request.user, User) else ""
    asked = list(_ours(request.headers.get("Accept-Language", "")))
    fitting = [each for each in asked if each.partition("-")[0] == chosen] if chosen else asked
    return next(iter(fitting), chosen or ENGLISH)


def _ours(header: str) -> Iterator[str]:
    """What a browser asks for, best first, as far as it is a language of ours in a country that exists."""
    for code, _ in parse_accept_lang_header(header[:500]):
        if code.partition("-")[0] not in LANGUAGES:
            continue
        try:
            Locale.parse(code, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        yield code
