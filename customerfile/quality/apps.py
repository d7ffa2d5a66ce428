"""Registers the room quality with Django."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "customerfile.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.quality.personal_data import TABLES  # noqa: PLC0415

        register(*TABLES)
