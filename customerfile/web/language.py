"""The language of the pages, as each person chooses it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import activate, gettext
from django.views.decorators.http import require_POST

from customerfile.access.users import choose_language
from customerfile.web.reading import LANGUAGES, language_of
from customerfile.web.security import myself


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that one chose, and say so in it. What is none of ours means: as the browser asks."""
    asked = request.POST.get("language", "")
    choose_language(myself(request), asked if asked in LANGUAGES else "")
    activate(language_of(request))
    messages.success(request, gettext("The pages are in this language from now on."))
    return redirect("security")
