"""Registers the room sources with Django."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "customerfile.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.sources.personal_data import TABLES  # noqa: PLC0415

        register(*TABLES)
