"""The search page: one box, results as you type. What is typed travels in the body of a POST, never in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from customerfile.customers.errors import SearchTooSlow
from customerfile.customers.search.search import find
from customerfile.web.beginning import first_run
from customerfile.web.forms import SearchForm
from customerfile.web.permissions import sight_here
from customerfile.web.requests import seen, wants_part

_LIMIT = 12
_LAST_QUERY = "last_query"


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """GET shows the box, and the last search of this session; POST searches.

    The query is kept in the session, so that going back from a customer shows the results again.
    """
    if request.method == "POST":
        query = typed(request)
        if query != request.session.get(_LAST_QUERY, ""):
            request.session[_LAST_QUERY] = query
        if not wants_part(request):
            return redirect("search")
    else:
        query = last_query(request)
    template = "web/search.html#results" if wants_part(request) else "web/search.html"
    first = {} if query else first_run(request)
    return render(request, template, {"query": query} | first | answer(request, query))


def last_query(request: HttpRequest) -> str:
    """What this person looked for last in this session."""
    return str(request.session.get(_LAST_QUERY, ""))


def typed(request: HttpRequest) -> str:
    """What was typed into a search box."""
    form = SearchForm(request.POST)
    query: str = form.cleaned_data["q"].strip() if form.is_valid() else ""
    return query


def answer(request: HttpRequest, query: str, *, without: str = "") -> dict[str, object]:
    """The results, but for the customer `without`; or why there are none."""
    try:
        found = find(query, sight=sight_here(request), limit=_LIMIT)
    except SearchTooSlow as trouble:
        return {"trouble": trouble}
    results = [each for each in found if each.customer.number != without]
    seen(request, "search", [each.customer.id for each in results])
    return {"results": results}
