"""Registers the room audit with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "customerfile.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.audit.personal_data import TABLES  # noqa: PLC0415
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first

        register(*TABLES)
