"""The addresses of the interface. Calls are let in by their token; its description is a page for people who signed in."""

from django.contrib.auth.decorators import login_not_required

from customerfile.api.interface import api

_FOR_PEOPLE = {"openapi-json", "openapi-view", "api-root"}

urlpatterns, app_name, namespace = api.urls

for _pattern in urlpatterns:
    if _pattern.name not in _FOR_PEOPLE:
        login_not_required(_pattern.callback)
