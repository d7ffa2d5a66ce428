"""What holds for every page: none is kept, and a part of a page never stands in for a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django_htmx.http import HttpResponseClientRefresh

from customerfile.web.requests import wants_part


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
