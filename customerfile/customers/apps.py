"""Registers the room customers with Django."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customerfile.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from customerfile.base.registry import register  # noqa: PLC0415 - models must be loaded first
        from customerfile.customers.personal_data import TABLES  # noqa: PLC0415
        from customerfile.customers.usage import count_values  # noqa: PLC0415
        from customerfile.definition.usage import register_counter  # noqa: PLC0415

        register(*TABLES)
        register_counter(count_values)
