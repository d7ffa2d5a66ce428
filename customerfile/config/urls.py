"""Every address of the web server."""

from django.urls import URLPattern, URLResolver, include, path

from customerfile.api import urls as api_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((api_urls.urlpatterns, api_urls.app_name), api_urls.namespace)),
    path("", include("customerfile.web.urls")),
]
