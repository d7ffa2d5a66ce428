"""Registers the room web with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "customerfile.web"
    label = "web"
