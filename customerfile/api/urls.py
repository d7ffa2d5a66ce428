"""The addresses of the interface. Calls are let in by their token; people who signed in may read its description."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern

from customerfile.api.interface import api

_FOR_PEOPLE = {"openapi-json", "openapi-view", "api-root"}

urlpatterns, app_name, namespace = api.urls

for _pattern in urlpatterns:
    if isinstance(_pattern, URLPattern) and _pattern.name not in _FOR_PEOPLE:
        login_not_required(_pattern.callback)
