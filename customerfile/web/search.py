"""The search page: one box, results as you type. What is typed travels in the body of a POST, never in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from customerfile.customers.errors import SearchTooSlow
from customerfile.customers.search import find
from customerfile.web.forms import SearchForm
from customerfile.web.requests import seen, wants_part

_LIMIT = 12
_LAST_QUERY = "last_query"


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """GET shows the box, and the last search of this session; POST searches.

    The query is kept in the session, so that going back from a customer shows the results again.
    """
    if request.method == "POST":
        form = SearchForm(request.POST)
        query = form.cleaned_data["q"].strip() if form.is_valid() else ""
        if query != request.session.get(_LAST_QUERY, ""):
            request.session[_LAST_QUERY] = query
        if not wants_part(request):
            return redirect("search")
    else:
        query = request.session.get(_LAST_QUERY, "")
    template = "web/search.html#results" if wants_part(request) else "web/search.html"
    return render(request, template, {"query": query} | _answer(request, query))


def _answer(request: HttpRequest, query: str) -> dict[str, object]:
    """The results, or why there are none."""
    try:
        results = find(query, limit=_LIMIT)
    except SearchTooSlow as trouble:
        return {"trouble": trouble}
    seen(request, "search", [found.customer.id for found in results])
    return {"results": results}
