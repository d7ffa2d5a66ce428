"""Every address of the web server."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("customerfile.web.urls"))]
