"""Registers the room webhooks with Django."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "customerfile.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.webhooks.personal_data import TABLES  # noqa: PLC0415

        register(*TABLES)
