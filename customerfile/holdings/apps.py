"""Registers the room holdings with Django."""

from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    name = "customerfile.holdings"
    label = "holdings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.definition.usage import register_counter  # noqa: PLC0415
        from customerfile.holdings.personal_data import TABLES  # noqa: PLC0415
        from customerfile.holdings.usage import count_agreements  # noqa: PLC0415

        register(*TABLES)
        register_counter(count_agreements)
