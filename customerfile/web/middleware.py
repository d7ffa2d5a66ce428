"""What holds for every page: it comes compressed, is not kept, and a part of a page never stands in for one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.middleware.gzip import GZipMiddleware
from django_htmx.http import HttpResponseClientRefresh

from customerfile.web.requests import wants_part

_INTERFACE = "/api/"


class CompressedPagesMiddleware(GZipMiddleware):
    """Compresses pages and what they load, for browsers that say they take it.

    The answers of the interface stay as they are: what is compressed has no longer the ETag that `If-Match` needs.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, smaller where that is worth while."""
        if request.path.startswith(_INTERFACE):
            return response
        return super().process_response(request, response)


class PrivatePagesMiddleware:
    """Adds `Cache-Control: no-store` to every answer that does not say otherwise. Style sheets never come this far.

    Where a part of a page is asked for and the answer leads elsewhere (the session has ended), the browser loads the
    whole page anew instead of putting the sign-in page into the middle of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if wants_part(request) and isinstance(response, HttpResponseRedirectBase):
            response = HttpResponseClientRefresh()
        response.setdefault("Cache-Control", "no-store")
        return response
