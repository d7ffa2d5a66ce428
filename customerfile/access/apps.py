"""Registers the room access with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "customerfile.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.access.personal_data import TABLES  # noqa: PLC0415
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first

        register(*TABLES)
