"""Registers the room definition with Django."""

from django.apps import AppConfig


class DefinitionConfig(AppConfig):
    name = "customerfile.definition"
    label = "definition"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - Django imports this before its apps
        from customerfile.definition.personal_data import TABLES  # noqa: PLC0415

        register(*TABLES)
